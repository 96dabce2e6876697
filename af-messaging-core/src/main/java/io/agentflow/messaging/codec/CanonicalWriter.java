package io.agentflow.messaging.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.JsonNode;

/**
 * Writes JSON values in a canonical form straight into bytes: members sorted, minimal
 * escapes, no white space. What has no canonical form it refuses with
 * {@link UnwritableException}. Not thread-safe, used for one message.
 */
class CanonicalWriter extends JsonBytes {

	private static final byte[] TRUE = { 't', 'r', 'u', 'e' };

	private static final byte[] FALSE = { 'f', 'a', 'l', 's', 'e' };

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private final boolean go;

	private final MemberOrder order;

	private final int maxDepth;

	private final PayloadMapper mapper;

	private int depth;

	/**
	 * Creates a writer.
	 * @param form the form to write in
	 * @param maxDepth deepest nesting to write
	 * @param mapper turns what is no JSON value into one
	 */
	CanonicalWriter(CanonicalForm form, int maxDepth, PayloadMapper mapper) {
		super(form == CanonicalForm.AGENTFLOW_GO);
		this.go = form == CanonicalForm.AGENTFLOW_GO;
		this.order = this.go ? MemberOrder.UTF_8 : MemberOrder.UTF_16;
		this.maxDepth = maxDepth;
		this.mapper = mapper;
	}

	final MemberOrder order() {
		return this.order;
	}

	/**
	 * Writes a tree.
	 */
	final void node(JsonNode node) {
		switch (node.getNodeType()) {
			case OBJECT -> members(node.properties());
			case ARRAY -> array(node);
			case STRING -> string(node.stringValue());
			case NUMBER -> number(node.numberValue());
			case BOOLEAN -> ascii(node.booleanValue() ? TRUE : FALSE);
			case NULL -> ascii(NULL);
			case BINARY -> string(node.asString());
			default -> throw new UnwritableException();
		}
	}

	/**
	 * Writes an object.
	 */
	final void map(Map<?, ?> map) {
		for (Object name : map.keySet()) {
			if (!(name instanceof String)) {
				throw new UnwritableException();
			}
		}
		@SuppressWarnings("unchecked")
		Map<String, ?> members = (Map<String, ?>) map;
		members(members.entrySet());
	}

	private void value(@Nullable Object value) {
		if (value instanceof JsonNode node) {
			node(node);
		}
		else if (value instanceof String text) {
			string(text);
		}
		else if (value instanceof Number number) {
			number(number);
		}
		else if (value instanceof Boolean bool) {
			ascii(bool ? TRUE : FALSE);
		}
		else if (value == null) {
			ascii(NULL);
		}
		else if (value instanceof Map<?, ?> map) {
			map(map);
		}
		else if (value instanceof List<?> list) {
			list(list);
		}
		else {
			node(this.mapper.toTree(value));
		}
	}

	private <E extends Map.Entry<String, ?>> void members(Set<E> members) {
		enter((byte) '{');
		@SuppressWarnings("unchecked")
		Map.Entry<String, ?>[] sorted = members.toArray(Map.Entry[]::new);
		this.order.sort(sorted);
		for (int i = 0; i < sorted.length; i++) {
			if (i > 0) {
				ascii((byte) ',');
			}
			string(sorted[i].getKey());
			ascii((byte) ':');
			value(sorted[i].getValue());
		}
		leave((byte) '}');
	}

	private void array(JsonNode array) {
		enter((byte) '[');
		int size = array.size();
		for (int i = 0; i < size; i++) {
			if (i > 0) {
				ascii((byte) ',');
			}
			node(array.get(i));
		}
		leave((byte) ']');
	}

	private void list(List<?> list) {
		enter((byte) '[');
		boolean first = true;
		for (Object element : list) {
			if (!first) {
				ascii((byte) ',');
			}
			first = false;
			value(element);
		}
		leave((byte) ']');
	}

	final void enter(byte bracket) {
		if (++this.depth > this.maxDepth) {
			throw new UnwritableException();
		}
		ascii(bracket);
	}

	final void leave(byte bracket) {
		this.depth--;
		ascii(bracket);
	}

	final void number(Number number) {
		if (number instanceof Double value) {
			number(value.doubleValue());
		}
		else if (number instanceof Integer || number instanceof Long || number instanceof Short
				|| number instanceof Byte) {
			integer(number.longValue());
		}
		else {
			rareNumber(number);
		}
	}

	private void rareNumber(Number number) {
		if (number instanceof Float value) {
			// What is meant by a float is its own text, not that of the double nearest to
			// it.
			number(Double.parseDouble(NumberOutput.toString(value, true)));
		}
		else if (number instanceof BigInteger value) {
			if (value.bitLength() > 53) {
				throw new UnwritableException();
			}
			integer(value.longValue());
		}
		else if (number instanceof BigDecimal value) {
			if (ContentRules.isUnsafeInteger(value)) {
				throw new UnwritableException();
			}
			number(value.doubleValue());
		}
		else {
			node(this.mapper.toTree(number));
		}
	}

	final void integer(long value) {
		if (Math.abs(value) > CanonicalNumbers.MAX_SAFE_INTEGER || value == Long.MIN_VALUE) {
			throw new UnwritableException();
		}
		ascii(Long.toString(value));
	}

	final void number(double value) {
		if (!Double.isFinite(value)) {
			throw new UnwritableException();
		}
		if (value == 0 && this.go && 1 / value < 0) {
			ascii((byte) '-');
		}
		ascii(CanonicalNumbers.text(value));
	}

}
