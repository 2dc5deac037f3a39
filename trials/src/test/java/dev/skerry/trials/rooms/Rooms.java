package dev.skerry.trials.rooms;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.skerry.trials.rooms.Rule.Permit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// The rules of the house. What a rule says to the one whose build is red stands in its reason: what to do instead.
///
/// @param root the package above all modules
record Rooms(String root) {

    private static final List<Permit> NONE = List.of();

    /// All rules, in the order of the style guide.
    List<Rule> all() {
        return Stream.of(
                        Stream.of(
                                modulesUseThoseBelow(),
                                noCircles(),
                                streamCore(),
                                serverAndClient()),
                        bigDependencies(),
                        contextRules(),
                        Stream.of(clock(), waiting(), chance(), environment()),
                        Stream.of(threads(), catches()),
                        Stream.of(statics(), names(), getters(), nullMarked()))
                .flatMap(Function.identity())
                .toList();
    }

    // ---- 1: modules, and the one home of each big dependency

    Rule modulesUseThoseBelow() {
        return rule(
                "modules use only those below",
                """
                a house with stairs in both directions cannot be understood floor by floor. Floors, \
                from the foundation up: %s. Move the class down to where both sides can see it (a \
                value or an event to language), or hand the upper one in through an interface that the \
                lower one owns. A new module gets its floor here and in ARCHITECTURE.md\
                """
                        .formatted(Plan.FLOORS),
                NONE,
                violations(it ->
                        plan().floor(it) < 0
                                ? Stream.of("stands in no module that is known here")
                                : dependencies(it, other -> !plan().mayUse(it, other))));
    }

    Rule noCircles() {
        return new Rule(
                "packages go round in no circle",
                NONE,
                _ ->
                        slices().matching(root + ".(**)")
                                .should()
                                .beFreeOfCycles()
                                .because(
                                        """
                                        packages in a circle are one package with walls in the wrong places. Move what both \
                                        need into one of them, or turn one arrow round with an interface that the used side \
                                        owns\
                                        """));
    }

    Rule streamCore() {
        return rule(
                "the core of stream knows none of its corners",
                """
                log, follower and driver are the same over SQLite, in memory and over HTTP. What the \
                core needs from a corner is an interface in the core that the corner implements and \
                main hands in\
                """,
                NONE,
                noUse(
                        resideInAPackage(in("stream")),
                        resideInAPackage(in("stream..")).and(not(resideInAPackage(in("stream"))))));
    }

    Rule serverAndClient() {
        DescribedPredicate<JavaClass> server = resideInAPackage(in("stream.server.."));
        DescribedPredicate<JavaClass> client = resideInAPackage(in("stream.client.."));
        return rule(
                "the stream server and the stream client do not know each other",
                """
                all that they share is the protocol, as with every other implementation of it. What \
                both need belongs in the core of stream, or is said twice\
                """,
                NONE,
                violations(it ->
                        dependencies(
                                it,
                                target ->
                                        (server.test(it) && client.test(target))
                                                || (client.test(it) && server.test(target)))));
    }

    Stream<Rule> bigDependencies() {
        return Stream.of(
                livesIn(
                        "SQL",
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite.."),
                        resideInAPackage(in("stream.sqlite..")).or(plan().desk("Tables")),
                        """
                        SQL stays where a reader looks for it: the database in stream.sqlite, and one class of \
                        a context, named after it (Orders: OrdersTables). Give that class a method that says \
                        what you want to know\
                        """,
                        permits().sql()),
                rule(
                        "SQL of contexts: in its one home only",
                        """
                        a front passes on the tables that it was lent, and asks nothing of them itself: what \
                        SQL there is stands in the context's Tables (Orders: OrdersTables)\
                        """,
                        NONE,
                        violations(it ->
                                plan().desk("Tables").test(it)
                                                || resideInAPackage(in("context")).test(it)
                                        ? Stream.empty()
                                        : accesses(
                                                it,
                                                target(
                                                        fullNameMatching(
                                                                Pattern.quote(in("context."))
                                                                        + "(Handle|Query).*\\..*"))))),
                livesIn(
                        "the JDK's HTTP client",
                        resideInAPackage("java.net.http.."),
                        resideInAPackage(in("stream.client..")),
                        """
                        time-outs, back-off and compression are decided once. Ask dev.skerry.stream.client, or \
                        add there what is missing\
                        """,
                        permits().httpClient()),
                livesIn(
                        "Helidon",
                        resideInAPackage("io.helidon.."),
                        resideInAPackage(in("node.http..")),
                        """
                        the HTTP server can be exchanged by rewriting one package. Answer the host's own \
                        exchange type, or add to it\
                        """,
                        NONE),
                livesIn(
                        "Micrometer",
                        resideInAnyPackage("io.micrometer..", "io.prometheus.."),
                        resideInAPackage(in("node.telemetry..")),
                        """
                        what a figure is called is read in one place, and so is what is on its page. Tell \
                        dev.skerry.node.telemetry.Figures what you know, and name it in NodeMetrics\
                        """,
                        NONE),
                livesIn(
                        "picocli",
                        resideInAPackage("picocli.."),
                        resideInAPackage(in("app..")),
                        "only the program has a command line. Take what you need as a constructor argument",
                        NONE),
                livesIn(
                        "zstd",
                        resideInAPackage("com.github.luben.zstd.."),
                        resideInAPackage(in("stream..")),
                        "native code with buffers to give back is handled in one module. Ask stream to compress",
                        NONE),
                livesIn(
                        "JSON",
                        resideInAPackage("tools.jackson.core.."),
                        resideInAnyPackage(in("language.."), in("stream..")),
                        """
                        JSON is read where the formats are: events and values in language, messages in stream. Ask dev.skerry.language.Json, or put a new form beside \
                        its like\
                        """,
                        permits().json()),
                livesIn(
                        "reflection on stored forms",
                        resideInAnyPackage("tools.jackson..")
                                .and(not(resideInAPackage("tools.jackson.core..")))
                                .or(named("java\\.io\\.Object(In|Out)put.*")),
                        named(in("language").replace(".", "\\.") + "\\.Json(\\$.*)?"),
                        """
                        what is stored for years is read by one class with one strictness, and golden files \
                        hold every form to what was written before. Ask dev.skerry.language.Json\
                        """,
                        NONE));
    }

    private static Rule livesIn(
            String what,
            DescribedPredicate<JavaClass> dependency,
            DescribedPredicate<JavaClass> home,
            String reason,
            List<Permit> permits) {
        return rule(what + ": in its one home only", reason, permits, noUse(not(home), dependency));
    }

    // ---- 2, 3, 4: contexts

    Stream<Rule> contextRules() {
        return Stream.of(
                rule(
                        "contexts do not know each other",
                        """
                        each can then be understood, moved and rebuilt alone. They meet in language: publish \
                        an event there and follow it here, or put the value both speak of there\
                        """,
                        NONE,
                        violations(it ->
                                dependencies(
                                        it,
                                        other ->
                                                plan().context(it).isPresent()
                                                        && plan().context(other).isPresent()
                                                        && !plan().context(it)
                                                                .equals(plan().context(other))))),
                rule(
                        "a context shows only its front",
                        """
                        what is public will be used. Make the class package-private; what others need is a \
                        method of the front (store.orders: Orders), the values it takes and gives, the ports it \
                        asks through, and the two desks where it is plugged in, Routes and Followers\
                        """,
                        permits().fronts(),
                        violations(it ->
                                plan().context(it).isPresent()
                                                && it.isTopLevelClass()
                                                && it.getModifiers().contains(JavaModifier.PUBLIC)
                                                && !it.isRecord()
                                                && !it.isInterface()
                                                && !it.isEnum()
                                                && !plan().desk("").test(it)
                                                && !plan().desk("Routes").test(it)
                                                && !plan().desk("Followers").test(it)
                                        ? Stream.of("is public")
                                        : Stream.empty())),
                rule(
                        "a context speaks HTTP at one desk",
                        """
                        paths, status codes and bodies of a context are read in one place: its Routes \
                        (store.orders: OrdersRoutes), which turns them into calls of the front\
                        """,
                        NONE,
                        noUse(
                                plan().ofAContext().and(not(plan().desk("Routes"))),
                                resideInAnyPackage(
                                        in("node.http.."),
                                        in("stream.server.."),
                                        "java.net.http..",
                                        "io.helidon.."))),
                rule(
                        "a context follows at one desk",
                        """
                        what moves a context besides its callers is read in one place: its Followers \
                        (store.orders: OrdersFollowers), or the front where that is a line or two\
                        """,
                        NONE,
                        noUse(
                                plan().ofAContext()
                                        .and(not(plan().desk("Followers")))
                                        .and(not(plan().desk(""))),
                                named(
                                        in("stream").replace(".", "\\.")
                                                + "\\.(Follow|Reader|EventSource).*"))),
                rule(
                        "decisions of a context do no I/O",
                        """
                        what is decided from values alone can be tested in microseconds and replayed after \
                        years. Take what you need as an argument; the front fetches it, Tables keeps it\
                        """,
                        permits().io(),
                        noUse(
                                plan().ofAContext()
                                        .and(not(plan().desk("")))
                                        .and(not(plan().desk("Tables")))
                                        .and(not(plan().desk("Routes")))
                                        .and(not(plan().desk("Followers"))),
                                resideInAnyPackage(
                                        "java.io..",
                                        "java.nio.file..",
                                        "java.nio.channels..",
                                        "java.net.."))));
    }

    // ---- 5: the doors

    Rule clock() {
        return door(
                "the clock comes in through the door",
                """
                a test moves time instead of waiting for it, and one seed can run a whole estate. Take \
                a java.time.InstantSource as a constructor argument; main hands in the real one\
                """,
                NONE,
                "java\\.time\\.(chrono\\.)?\\w+\\.now\\((java\\.time\\.ZoneId)?\\)",
                "java\\.time\\.Clock\\.(system|tick(Millis|Seconds|Minutes)).*",
                "java\\.time\\.InstantSource\\.system\\(.*",
                "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*",
                "java\\.util\\.Date\\.<init>\\(\\)",
                "java\\.util\\.Calendar\\.getInstance\\(.*");
    }

    Rule waiting() {
        return door(
                "only named places wait",
                """
                logic that waits cannot be stepped by a test. Return what you wait for and let the \
                driver wait, or take a Pacer as a constructor argument\
                """,
                permits().waiting(),
                "java\\.lang\\.Thread\\.sleep\\(.*",
                "java\\.lang\\.Thread\\.join\\(.+\\)",
                "java\\.lang\\.Object\\.wait\\(.+\\)",
                "java\\.util\\.concurrent\\.locks\\.LockSupport\\.park(Nanos|Until)\\(.*",
                "java\\.util\\.concurrent\\.locks\\.Condition\\.await(Nanos|Until)\\(.*",
                "java\\.util\\.concurrent\\.TimeUnit\\.(sleep|timedJoin|timedWait)\\(.*",
                // Whatever takes a number and its unit waits at most so long.
                "java\\.util\\.concurrent\\.(?!TimeUnit).*java\\.util\\.concurrent\\.TimeUnit.*");
    }

    Rule chance() {
        return door(
                "chance comes in through the door",
                """
                a failure must be seen again from its seed. Take a java.util.random.RandomGenerator as \
                a constructor argument; main hands in the real one\
                """,
                NONE,
                "java\\.util\\.(Splittable)?Random\\.<init>\\(\\)",
                "java\\.util\\.concurrent\\.ThreadLocalRandom\\.current\\(.*",
                "java\\.security\\.SecureRandom\\.(<init>|getInstance).*",
                "java\\.util\\.random\\.RandomGenerator(Factory|\\$\\w+)?\\.(of|getDefault|create)\\(.*",
                "java\\.util\\.UUID\\.randomUUID\\(.*",
                "java\\.lang\\.(Strict)?Math\\.random\\(.*",
                "java\\.util\\.Collections\\.shuffle\\(java\\.util\\.List\\)");
    }

    Rule environment() {
        return door(
                "the environment comes in through the door",
                """
                what a node does is decided by its configuration, which is printed at start, and by \
                nothing hidden. Add a setting and take its value as a constructor argument; name zone \
                and language outright\
                """,
                NONE,
                "java\\.lang\\.System\\.(getenv|getProperty|getProperties|setProperty)\\(.*",
                "java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)\\(.*",
                "java\\.time\\.ZoneId\\.systemDefault\\(.*",
                "java\\.util\\.(TimeZone|Locale)\\.getDefault\\(.*",
                "java\\.net\\.InetAddress\\.getLocalHost\\(.*");
    }

    /// @param targets patterns of methods and constructors; method references to them are found as well
    private Rule door(String name, String reason, List<Permit> permits, String... targets) {
        DescribedPredicate<JavaAccess<?>> reaching =
                target(fullNameMatching(String.join("|", targets)));
        return new Rule(
                name,
                permits,
                who ->
                        noClasses()
                                .that(who.and(not(resideInAPackage(in("app..")))))
                                .should()
                                .accessTargetWhere(reaching)
                                .as(name)
                                .because(reason));
    }

    // ---- 6: threads, and catching all

    Rule threads() {
        DescribedPredicate<JavaClass> types =
                named(
                        "java\\.util\\.concurrent\\.(locks\\..*|Executor\\w*|\\w*ExecutorService|ForkJoin\\w*"
                                + "|Semaphore|CountDownLatch|CyclicBarrier|Phaser|Exchanger|\\w*Blocking\\w*|DelayQueue"
                                + "|SynchronousQueue|\\w*TransferQueue|StructuredTaskScope.*)"
                                + "|java\\.lang\\.Thread\\$Builder.*|java\\.util\\.Timer\\w*");
        DescribedPredicate<JavaAccess<?>> calls =
                target(
                        fullNameMatching(
                                "java\\.lang\\.Thread\\.(<init>|startVirtualThread|start|join)\\(.*"
                                        + "|java\\.lang\\.Object\\.(wait|notify|notifyAll)\\(.*"
                                        + "|java\\.util\\.concurrent\\.CompletableFuture\\.(\\w+Async|orTimeout|completeOnTimeout"
                                        + "|delayedExecutor|get|join)\\(.*"
                                        + "|java\\.util\\..*\\.parallelStream\\(.*"
                                        + "|java\\.util\\.stream\\.\\w*Stream\\.parallel\\(.*"));
        return rule(
                "threads and locks have named places",
                """
                logic has no threads, threads have no logic: only so can a test decide what happens \
                between any two steps. Write an object with step() and let the Driver drive it; leave \
                the order of writes to the database's writer. A new driver is named here with its \
                reason\
                """,
                permits().threads(),
                violations(it ->
                        Stream.of(
                                        dependencies(it, types),
                                        accesses(it, calls),
                                        it.isAssignableTo(Thread.class)
                                                ? Stream.of("is a thread")
                                                : Stream.<String>empty(),
                                        it.getMethods().stream()
                                                .filter(method ->
                                                        method.getModifiers()
                                                                .contains(
                                                                        JavaModifier.SYNCHRONIZED))
                                                .map(method ->
                                                        "synchronizes " + method.getFullName()),
                                        Bytecode.of(it)
                                                .synchronizedBlocks()
                                                .map(spot -> "synchronizes in " + at(it, spot)))
                                .flatMap(Function.identity())));
    }

    Rule catches() {
        Set<String> all =
                Set.of(
                        "java.lang.Throwable",
                        "java.lang.Exception",
                        "java.lang.RuntimeException",
                        "java.lang.Error");
        return rule(
                "only named places catch everything",
                """
                a mistake of ours that is caught is a mistake that goes on. Catch the exception that \
                you can do something about; to give something back, use try-with-resources or finally; \
                leave the rest to follower, driver, writer, route handler and main, which stop what \
                failed and show why\
                """,
                permits().catches(),
                violations(it ->
                        Bytecode.of(it)
                                .catches()
                                .filter(spot -> all.contains(spot.what()))
                                .map(spot -> "catches " + spot.what() + " in " + at(it, spot))));
    }

    // ---- 7: statics and names

    Rule statics() {
        return rule(
                "nothing static changes",
                """
                what is static is shared by all nodes of a simulation and all tests of a run. Make it \
                a field of an object that main creates. A constant is final, and a value: wrap \
                collections in List.copyOf and the like where they are assigned; return an array from \
                a method or use Bytes\
                """,
                permits().statics(),
                violations(it ->
                        it.getFields().stream()
                                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                                .filter(field ->
                                        !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                                .filter(field -> !new Unchanging(plan()).test(field))
                                .map(field ->
                                        "shares "
                                                + field.getName()
                                                + ", a "
                                                + field.getRawType().getName())));
    }

    Rule names() {
        return rule(
                "names say what a thing is",
                """
                Impl, Manager, Helper, Util and an I before an interface say nothing about it, and \
                collect whatever has no place. Name it after what it holds or does for the shop \
                (Writer, Checksums, LogTables); a single object is made by main, so it needs no \
                INSTANCE\
                """,
                NONE,
                violations(it ->
                        Stream.concat(
                                it.getSimpleName().matches(".+(Impl|Manager|Helper|Utils?)|Utils?")
                                                || (it.isInterface()
                                                        && it.getSimpleName()
                                                                .matches("I[A-Z][a-z].*"))
                                        ? Stream.of("is named " + it.getSimpleName())
                                        : Stream.empty(),
                                it.getMembers().stream()
                                        .map(JavaMember::getName)
                                        .filter(name -> name.matches("INSTANCE|(getI|i)nstance"))
                                        .map(name -> "has a single object, " + name))));
    }

    Rule getters() {
        return rule(
                "nothing is got",
                """
                a method says what it answers, orders.total(), or what it does, line.fetch(). Drop the \
                prefix; if another library's interface prescribes the name, say @Override\
                """,
                NONE,
                violations(it ->
                        it.getMethods().stream()
                                .filter(method -> method.getName().matches("get[A-Z].*"))
                                .filter(method ->
                                        !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                                .filter(method -> !plan().prescribed(method))
                                .map(method -> "has " + method.getName() + "()")));
    }

    Rule nullMarked() {
        return rule(
                "every package says what it promises, and is null-marked",
                """
                without it NullAway does not look here. Add a package-info.java with @NullMarked, and \
                the promise of the package in a few lines\
                """,
                NONE,
                violations(it ->
                        it.getPackage().isAnnotatedWith(NullMarked.class)
                                ? Stream.empty()
                                : Stream.of("lives in " + it.getPackageName())));
    }

    // ---- how rules are made

    private static Rule rule(
            String name, String reason, List<Permit> permits, ArchCondition<JavaClass> condition) {
        return new Rule(
                name,
                permits,
                who -> classes().that(who).should(condition).as(name).because(reason));
    }

    private static ArchCondition<JavaClass> noUse(
            DescribedPredicate<JavaClass> who, DescribedPredicate<JavaClass> what) {
        return violations(it -> who.test(it) ? dependencies(it, what) : Stream.empty());
    }

    private static ArchCondition<JavaClass> violations(
            Function<JavaClass, Stream<String>> violations) {
        return new ArchCondition<>("keep to it") {
            @Override
            public void check(JavaClass it, ConditionEvents events) {
                if (it.getSimpleName().equals("package-info")) {
                    return;
                }
                violations
                        .apply(it)
                        .distinct()
                        .forEach(violation ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                it, "<" + it.getName() + "> " + violation)));
            }
        };
    }

    private static Stream<String> dependencies(JavaClass it, Predicate<JavaClass> forbidden) {
        return it.getDirectDependenciesFromSelf().stream()
                .filter(dependency ->
                        forbidden.test(dependency.getTargetClass().getBaseComponentType()))
                .map(Dependency::getDescription);
    }

    private static Stream<String> accesses(
            JavaClass it, DescribedPredicate<JavaAccess<?>> forbidden) {
        return it.getAccessesFromSelf().stream().filter(forbidden).map(JavaAccess::getDescription);
    }

    private static String at(JavaClass it, Bytecode.Spot spot) {
        String file = it.getSource().flatMap(Source::getFileName).orElse("?");
        return "%s.%s() (%s:%d)".formatted(it.getName(), spot.method(), file, spot.line());
    }

    private static DescribedPredicate<JavaClass> named(String pattern) {
        return describe(pattern, it -> it.getName().matches(pattern));
    }

    private String in(String place) {
        return plan().in(place);
    }

    private Permits permits() {
        return new Permits(root);
    }

    private Plan plan() {
        return new Plan(root);
    }
}
