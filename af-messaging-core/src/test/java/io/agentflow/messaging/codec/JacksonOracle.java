package io.agentflow.messaging.codec;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON by other means than the codec does: the platform's UTF-8 decoder, and
 * Jackson on the characters with all its strictness on. What Jackson does not look at,
 * lone surrogates and numbers beyond a double, is looked for in its tree.
 */
final class JacksonOracle {

	private static final BigInteger SAFE = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

	private static final JsonMapper JACKSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(CodecLimits.defaults().maxDepth())
				.maxNumberLength(CodecLimits.defaults().maxNumberLength())
				.build())
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private JacksonOracle() {
	}

	/**
	 * Reads a text.
	 * @return its tree, or {@code null} if it is to be refused
	 */
	static @Nullable JsonNode read(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			if (text.startsWith("\uFEFF")) {
				return null;
			}
			JsonNode tree = JACKSON.readTree(text);
			return (!tree.isMissingNode() && isStrict(tree, StandardCharsets.UTF_8.newEncoder())) ? tree : null;
		}
		catch (CharacterCodingException | JacksonException ex) {
			return null;
		}
	}

	private static boolean isStrict(JsonNode node, CharsetEncoder encoder) {
		if (node.isString()) {
			return encoder.canEncode(node.stringValue());
		}
		if (node.isNumber()) {
			return Double.isFinite(node.doubleValue());
		}
		for (Map.Entry<String, JsonNode> member : node.properties()) {
			if (!encoder.canEncode(member.getKey())) {
				return false;
			}
		}
		for (JsonNode child : node) {
			if (!isStrict(child, encoder)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Tells whether a tree that was read is what Jackson's tree says it must be, members
	 * in the same order.
	 */
	static boolean agrees(JsonNode read, JsonNode expected) {
		if (expected.isNumber()) {
			return read.isNumber() && sameNumber(read, expected);
		}
		if (read.getNodeType() != expected.getNodeType() || read.size() != expected.size()) {
			return false;
		}
		if (expected.isObject()) {
			Iterator<Map.Entry<String, JsonNode>> members = read.properties().iterator();
			return expected.properties().stream().allMatch((member) -> {
				Map.Entry<String, JsonNode> own = members.next();
				return own.getKey().equals(member.getKey()) && agrees(own.getValue(), member.getValue());
			});
		}
		if (expected.isArray()) {
			Iterator<JsonNode> elements = read.iterator();
			return expected.valueStream().allMatch((element) -> agrees(elements.next(), element));
		}
		return read.equals(expected);
	}

	/**
	 * Integers stay what they are, save those beyond ±(2^53−1) that a double is written
	 * as, and negative zero; all else is a double.
	 */
	private static boolean sameNumber(JsonNode read, JsonNode expected) {
		if (!expected.isIntegralNumber()) {
			return read.isDouble() && Double.compare(read.doubleValue(), expected.doubleValue()) == 0;
		}
		BigInteger exact = expected.bigIntegerValue();
		if (exact.signum() == 0 && read.isDouble()) {
			return Double.compare(read.doubleValue(), -0.0) == 0;
		}
		if (exact.abs().compareTo(SAFE) > 0 && isTextOfDouble(exact)) {
			return read.isDouble() && read.doubleValue() == exact.doubleValue();
		}
		return read.getClass() == expected.getClass() && read.bigIntegerValue().equals(exact);
	}

	private static boolean isTextOfDouble(BigInteger exact) {
		try {
			return NumberToJSON.serializeNumber(exact.doubleValue()).equals(exact.toString());
		}
		catch (java.io.IOException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
