package dev.skerry.trials.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a class file tells that ArchUnit does not: synchronized blocks, who wrote a catch, and what a static field starts as.
record Bytecode(ClassModel model) {

    /// A handler of Throwable that nobody wrote, in the letters of [#letter]: the two of a try-with-resources, and the one around
    /// the accessors that a record pattern calls.
    private static final Pattern WRITTEN_BY_JAVAC =
            Pattern.compile(
                    "store load (ifnull load )?close goto store load load addSuppressed .*"
                            + "|store load load addSuppressed .*"
                            + "|store newMatchException .*");

    private static final int LETTERS_MAX = 10;

    /// A handler begins with its label and its line.
    private static final int HANDLER_HEAD = 2;

    /// Where something is, as a stack trace would say it.
    record Spot(String method, int line, String what) {}

    static Bytecode of(JavaClass type) {
        try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return new Bytecode(ClassFile.of().parse(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Spot> synchronizedBlocks() {
        return codes().flatMap(code -> {
            List<CodeElement> elements = code.elementList();
            return elements.stream()
                    .filter(it ->
                            it instanceof MonitorInstruction monitor
                                    && monitor.opcode() == Opcode.MONITORENTER)
                    .map(it -> spot(code, elements.indexOf(it), "synchronized"));
        });
    }

    /// The catches that somebody wrote. What `finally` and `synchronized` become catches no type, so it is none.
    Stream<Spot> catches() {
        return codes().flatMap(code ->
                code.elementList().stream()
                        .filter(ExceptionCatch.class::isInstance)
                        .map(ExceptionCatch.class::cast)
                        .filter(it -> it.catchType().isPresent())
                        .flatMap(it -> written(code, it)));
    }

    /// What the value of a static field was made by, such as `java.util.List.of`; empty if not by a call.
    Optional<String> maker(String field) {
        Optional<InvokeInstruction> last = Optional.empty();
        for (CodeElement element : codesOf("<clinit>").flatMap(CodeModel::elementStream).toList()) {
            switch (element) {
                case InvokeInstruction call -> last = Optional.of(call);
                case FieldInstruction put
                        when put.opcode() == Opcode.PUTSTATIC && put.name().equalsString(field) -> {
                    return last.map(Bytecode::target);
                }
                case FieldInstruction _ -> last = Optional.empty();
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Stream<Spot> written(CodeModel code, ExceptionCatch handler) {
        List<CodeElement> elements = code.elementList();
        int start = 0;
        while (!(elements.get(start) instanceof LabelTarget target
                && target.label().equals(handler.handler()))) {
            start++;
        }
        String type = handler.catchType().orElseThrow().asInternalName().replace('/', '.');
        StringBuilder letters = new StringBuilder();
        elements.stream()
                .skip(start)
                .filter(Instruction.class::isInstance)
                .limit(LETTERS_MAX)
                .forEach(it -> letters.append(letter(it)).append(' '));
        return type.equals("java.lang.Throwable") && WRITTEN_BY_JAVAC.matcher(letters).matches()
                ? Stream.empty()
                : Stream.of(spot(code, start + HANDLER_HEAD, type));
    }

    private static String letter(CodeElement element) {
        return switch (element) {
            case StoreInstruction _ -> "store";
            case LoadInstruction _ -> "load";
            case BranchInstruction branch when branch.opcode() == Opcode.IFNULL -> "ifnull";
            case BranchInstruction branch when branch.opcode() == Opcode.GOTO -> "goto";
            case InvokeInstruction call -> call.name().stringValue();
            case NewObjectInstruction it ->
                    it.className().asInternalName().equals("java/lang/MatchException")
                            ? "newMatchException"
                            : "new";
            default -> "?";
        };
    }

    private static Spot spot(CodeModel code, int end, String what) {
        int line =
                code.elementList().subList(0, end).reversed().stream()
                        .filter(LineNumber.class::isInstance)
                        .map(it -> ((LineNumber) it).line())
                        .findFirst()
                        .orElse(0);
        String method = code.parent().orElseThrow().methodName().stringValue();
        return new Spot(method, line, what);
    }

    private static String target(InvokeInstruction call) {
        return call.owner().asInternalName().replace('/', '.') + "." + call.name().stringValue();
    }

    private Stream<CodeModel> codes() {
        return model.methods().stream().flatMap(method -> method.code().stream());
    }

    private Stream<CodeModel> codesOf(String method) {
        return model.methods().stream()
                .filter(it -> it.methodName().equalsString(method))
                .flatMap(it -> it.code().stream());
    }
}
