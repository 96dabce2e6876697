package io.agentflow.messaging.test.log;

import java.util.LinkedHashSet;
import java.util.Set;

import org.objectweb.asm.tree.analysis.Value;

/**
 * What is known of a value on the stack of a method: the constant texts that it may be,
 * or, of a map, those that may be its keys.
 *
 * @param size 1, or 2 for long and double
 * @param texts constants that it may be
 * @param keys constants that may be keys of it
 */
record KnownTexts(int size, Set<String> texts, Set<String> keys) implements Value {

	private static final KnownTexts SINGLE = new KnownTexts(1, Set.of(), Set.of());

	private static final KnownTexts DOUBLE = new KnownTexts(2, Set.of(), Set.of());

	static KnownTexts none(int size) {
		return (size == 1) ? SINGLE : DOUBLE;
	}

	static KnownTexts text(String text) {
		return new KnownTexts(1, Set.of(text), Set.of());
	}

	static KnownTexts map(Set<String> keys) {
		return new KnownTexts(1, Set.of(), keys);
	}

	@Override
	public int getSize() {
		return this.size;
	}

	/**
	 * Joins what is known on two ways to the same instruction. Knowledge only grows and
	 * sizes only shrink, by which an analysis comes to an end.
	 */
	KnownTexts or(KnownTexts other) {
		int joined = Math.min(this.size, other.size); // they differ in variables used for
														// two things
		if (joined == this.size && this.texts.containsAll(other.texts) && this.keys.containsAll(other.keys)) {
			return this;
		}
		return new KnownTexts(joined, union(this.texts, other.texts), union(this.keys, other.keys));
	}

	static Set<String> union(Set<String> left, Set<String> right) {
		Set<String> all = new LinkedHashSet<>(left);
		all.addAll(right);
		return all;
	}

}
