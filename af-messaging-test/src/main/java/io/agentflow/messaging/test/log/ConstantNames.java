package io.agentflow.messaging.test.log;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Interpreter;

/**
 * Follows constant texts through a method, over local variables and branches, to the
 * calls that they are arguments of.
 */
final class ConstantNames extends Interpreter<@Nullable KnownTexts> {

	/** Knows how large the result of each instruction is; asks for no operand. */
	private final BasicInterpreter sizes = new BasicInterpreter();

	private final BiConsumer<MethodInsnNode, Set<String>> calls;

	/**
	 * Creates the interpreter.
	 * @param calls takes each call of a method and the constants that its first argument
	 * may be, or that may be keys of the map that it is; the same call more than once
	 */
	ConstantNames(BiConsumer<MethodInsnNode, Set<String>> calls) {
		super(Opcodes.ASM9);
		this.calls = calls;
	}

	@Override
	public @Nullable KnownTexts newValue(@Nullable Type type) {
		return of(this.sizes.newValue(type));
	}

	@Override
	public @Nullable KnownTexts newOperation(AbstractInsnNode instruction) throws AnalyzerException {
		return (instruction instanceof LdcInsnNode constant && constant.cst instanceof String text)
				? KnownTexts.text(text) : of(this.sizes.newOperation(instruction));
	}

	@Override
	public @Nullable KnownTexts copyOperation(AbstractInsnNode instruction, @Nullable KnownTexts value) {
		return value;
	}

	@Override
	public @Nullable KnownTexts unaryOperation(AbstractInsnNode instruction, @Nullable KnownTexts value)
			throws AnalyzerException {
		return (instruction.getOpcode() == Opcodes.CHECKCAST) ? value
				: of(this.sizes.unaryOperation(instruction, BasicValue.UNINITIALIZED_VALUE));
	}

	@Override
	public @Nullable KnownTexts binaryOperation(AbstractInsnNode instruction, @Nullable KnownTexts left,
			@Nullable KnownTexts right) throws AnalyzerException {
		return of(this.sizes.binaryOperation(instruction, BasicValue.UNINITIALIZED_VALUE,
				BasicValue.UNINITIALIZED_VALUE));
	}

	@Override
	public @Nullable KnownTexts ternaryOperation(AbstractInsnNode instruction, @Nullable KnownTexts first,
			@Nullable KnownTexts second, @Nullable KnownTexts third) {
		return null;
	}

	@Override
	public @Nullable KnownTexts naryOperation(AbstractInsnNode instruction, List<? extends @Nullable KnownTexts> values)
			throws AnalyzerException {
		if (instruction instanceof MethodInsnNode call) {
			List<? extends @Nullable KnownTexts> arguments = (call.getOpcode() == Opcodes.INVOKESTATIC) ? values
					: values.subList(1, values.size());
			KnownTexts first = arguments.isEmpty() ? null : arguments.get(0);
			if (first != null) {
				this.calls.accept(call, KnownTexts.union(first.texts(), first.keys()));
			}
			if (call.owner.equals("java/util/Map") && call.name.equals("of")) {
				return KnownTexts.map(keys(arguments));
			}
		}
		return of(this.sizes.naryOperation(instruction, List.of()));
	}

	@Override
	public void returnOperation(AbstractInsnNode instruction, @Nullable KnownTexts value,
			@Nullable KnownTexts expected) {
		// Nothing is known of what other methods make of it.
	}

	@Override
	public @Nullable KnownTexts merge(@Nullable KnownTexts left, @Nullable KnownTexts right) {
		return (left != null && right != null) ? left.or(right) : left;
	}

	/**
	 * Returns every other one, as keys and values take turns.
	 */
	private static Set<String> keys(List<? extends @Nullable KnownTexts> keysAndValues) {
		Set<String> keys = new LinkedHashSet<>();
		for (int i = 0; i < keysAndValues.size(); i += 2) {
			KnownTexts key = keysAndValues.get(i);
			if (key != null) {
				keys.addAll(key.texts());
			}
		}
		return keys;
	}

	private static @Nullable KnownTexts of(@Nullable BasicValue value) {
		return (value != null) ? KnownTexts.none(value.getSize()) : null;
	}

}
