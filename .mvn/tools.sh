# Sourced by ./dev, ./skerry and .ci/run, which set $root: finds a JDK and Maven, and builds what is stale.

java_min=25

# What every JVM of ours gets.
#   native access, unsafe memory: SQLite and zstd are native libraries; the JDK wants to be told
#   parallelism: a call into SQLite holds its carrier thread, so there are some more than cores
#   G1: named, since the JVM would pick Serial on a small machine, and that stops a till for as long as the heap is
#       large; short pauses matter more here than the last tenth of throughput
#   compact headers: many small objects, a tenth less heap
#   crypto: what TLS encrypts with is quick only once it is compiled by the second compiler, which knows instructions for
#       it; so that is done after a twentieth of the usual number of calls. Quiet: else each JVM says so on its output
#   out of memory: nothing accepted is lost by a restart, but a server without memory would limp on
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
java_flags=(
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -Djdk.virtualThreadScheduler.parallelism=$((cores > 8 ? cores : 8))
  -XX:+UseG1GC
  -XX:+UseCompactObjectHeaders
  -XX:CompileCommand=quiet
  '-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.05'
  -XX:+ExitOnOutOfMemoryError
)

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}

# From its release file: asking each java itself would take a tenth of a second each.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    [[ $(<"$1/release") =~ JAVA_VERSION=\"([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge "$java_min" ]
}

# Sets JAVA_HOME to the first JDK that is new enough.
find_jdk() {
  local home on_path
  on_path=$(readlink -f "$(command -v java)" 2>/dev/null) || on_path=
  for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/* ~/.sdkman/candidates/java/* \
    {,~}/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk "$home"; then
      export JAVA_HOME=$home
      return 0
    fi
  done
  return 1
}

need_jdk() {
  find_jdk || stop "Skerry needs a JDK $java_min or newer, and there is none in JAVA_HOME, on the PATH or in the usual folders." \
    "Install one (any vendor: Temurin, Corretto, Zulu, your system's openjdk-$java_min-jdk), or set JAVA_HOME to it."
}

need_maven() {
  command -v mvn >/dev/null || stop "Skerry is built with Apache Maven 3.8 or newer, and there is no mvn on the PATH." \
    "Install it (apt install maven, dnf install maven, brew install maven)."
}

# Maven that says only what is wrong. Not -q: that would hide the compiler's warnings, which break the build.
# Without the optimizing compiler it is twice as quick: a build is over before that pays.
quiet_mvn() {
  (cd "$root" && MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" \
    mvn -B -ntp -Dstyle.color=never -Dorg.slf4j.simpleLogger.defaultLogLevel=warn "$@")
}

# fresh STAMP FOLDER...: whether no pom and nothing in the folders is newer than the stamp.
fresh() {
  [ -e "$1" ] && [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "${@:2}" -newer "$1" 2>/dev/null | head -n 1)" ]
}

# build STAMP MAVEN-ARGUMENT...: builds, and stamps with the time of the start: what changes meanwhile is stale.
build() {
  local log=$root/target/build.log started=$root/target/build.started
  need_maven
  echo "building…" >&2
  mkdir -p "$root/target" "${1%/*}"
  touch "$started"
  quiet_mvn "${@:2}" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  mv "$started" "$1"
}
