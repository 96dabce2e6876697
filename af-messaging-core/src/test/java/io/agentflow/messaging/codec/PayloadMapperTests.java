package io.agentflow.messaging.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;

import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Payloads through both mappers: the same bytes out, the same objects back.
 */
class PayloadMapperTests {

	static List<PayloadMapper> mappers() {
		return List.of(PayloadMapper.jackson3(), PayloadMapper.jackson2());
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void writesTheGoldenBytes(PayloadMapper mapper) {
		assertThat(json(mapper, sample())).isEqualTo("{\"amount\":12.5,\"at\":\"2026-11-22T10:00:00.123Z\","
				+ "\"bytes\":\"AQID\",\"count\":3,\"day\":\"2026-11-22\",\"duration\":\"PT1M30S\",\"items\":[{\"n\":1},{\"n\":2}],"
				+ "\"kind\":\"SECOND\",\"nothing\":null,\"ratio\":0.1,\"small\":0.1,"
				+ "\"uuid\":\"00000000-0000-0001-0000-000000000002\"}");
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void readsBackWhatItWrote(PayloadMapper mapper) {
		Sample back = (Sample) mapper.fromTree(mapper.toTree(sample()), Sample.class);
		assertThat(back).usingRecursiveComparison().isEqualTo(sample());
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void readsThroughTheWire(PayloadMapper mapper) {
		EnvelopeCodec codec = EnvelopeCodec.builder().payloadMapper(mapper).build();
		byte[] bytes = codec.encode(AfMessage.event("a", "b").payload(sample()).build()).bytes();
		AfMessage<?> back = codec.convert(codec.decode(bytes).message(), Sample.class);
		assertThat(back.payload()).usingRecursiveComparison().isEqualTo(sample());
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void readsGenericTypes(PayloadMapper mapper) {
		JsonNode tree = mapper.toTree(Map.of("k", List.of(new Item(1))));
		Object back = mapper.fromTree(tree, new ParameterizedTypeReference<Map<String, List<Item>>>() {
		}.getType());
		assertThat(back).isEqualTo(Map.of("k", List.of(new Item(1))));
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void takesTextBytesTreesAndNothing(PayloadMapper mapper) {
		assertThat(mapper.fromTree(mapper.toTree("text"), String.class)).isEqualTo("text");
		assertThat(mapper.fromTree(mapper.toTree(new byte[] { 1, 2 }), byte[].class)).isEqualTo(new byte[] { 1, 2 });
		JsonNode tree = mapper.toTree(Map.of("a", 1));
		assertThat(mapper.toTree(tree)).isSameAs(tree);
		assertThat(mapper.fromTree(tree, JsonNode.class)).isSameAs(tree);
		assertThat(mapper.toTree(null).isNull()).isTrue();
		assertThat(mapper.fromTree(mapper.toTree(null), Sample.class)).isNull();
		assertThat(mapper.fromTree(tree, Object.class)).isEqualTo(Map.of("a", 1));
		assertThat(mapper.fromTree(IntNode.valueOf(7), Integer.class)).isEqualTo(7);
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void keepsNumbersOfEveryKind(PayloadMapper mapper) {
		assertThat(json(mapper,
				List.of(1, 2L, (short) 3, (byte) 4, 0.5f, 0.25d, new BigDecimal("1.10"),
						new BigInteger("9007199254740991"), 3.4e38f)))
			.isEqualTo("[1,2,3,4,0.5,0.25,1.1,9007199254740991,3.4e+38]");
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void namesTypeAndPathButNoContentWhenReadingFails(PayloadMapper mapper) {
		JsonNode tree = mapper.toTree(Map.of("items", List.of(Map.of("n", "top-secret"))));
		PayloadConversionException failure = catchThrowableOfType(PayloadConversionException.class,
				() -> mapper.fromTree(tree, Sample.class));
		assertThat(failure).hasMessageContaining("Sample").hasMessageContaining("/items/0/n");
		assertThat(failure).hasStackTraceContaining("InvalidFormatException");
		assertThat(stackTrace(failure)).doesNotContain("top-secret");
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void namesTypeAndPathButNoContentWhenWritingFails(PayloadMapper mapper) {
		PayloadConversionException failure = catchThrowableOfType(PayloadConversionException.class,
				() -> mapper.toTree(Map.of("holder", new Failing())));
		assertThat(failure).hasMessageContaining("/holder/value");
		assertThat(stackTrace(failure)).doesNotContain("top-secret").contains("Failing.getValue");
	}

	@ParameterizedTest
	@MethodSource("mappers")
	void refusesDuplicateMembers(PayloadMapper mapper) {
		Map<Object, Object> twice = new LinkedHashMap<>();
		twice.put(1, "a");
		twice.put("1", "b");
		assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> mapper.toTree(Map.of("outer", twice)))
			.withMessageContaining("/payload/outer/1")
			.withMessageContaining("twice");
		assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> mapper.toTree(new Overlapping()))
			.withMessageContaining("twice");
	}

	@Test
	void appliesTheSettingsOfTheApplicationsMapper() {
		JsonMapper application = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.build();
		assertThat(json(PayloadMapper.jackson3(application), new Named("x"))).isEqualTo("{\"first_name\":\"x\"}");
		com.fasterxml.jackson.databind.ObjectMapper older = new com.fasterxml.jackson.databind.ObjectMapper()
			.setPropertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE);
		assertThat(json(PayloadMapper.jackson2(older), new Named("x"))).isEqualTo("{\"first_name\":\"x\"}");
	}

	@Test
	void refusesAMapperOfAnotherKind() {
		assertThatIllegalArgumentException().isThrownBy(() -> PayloadMapper.jackson2(JsonMapper.builder().build()))
			.withMessageContaining("com.fasterxml.jackson.databind");
	}

	private static Sample sample() {
		return new Sample(3, 0.1, 0.1f, new BigDecimal("12.5"), Instant.parse("2026-11-22T10:00:00.123Z"),
				LocalDate.of(2026, 11, 22), Duration.ofSeconds(90), new UUID(1, 2), new byte[] { 1, 2, 3 },
				List.of(new Item(1), new Item(2)), Kind.SECOND, null);
	}

	private static String json(PayloadMapper mapper, Object payload) {
		EnvelopeCodec codec = EnvelopeCodec.builder().payloadMapper(mapper).build();
		String json = new String(codec.encode(AfMessage.event("a", "b").payload(payload).build()).bytes(),
				StandardCharsets.UTF_8);
		return json.substring(json.indexOf("\"payload\":") + 10, json.indexOf(",\"span_id\""));
	}

	private static String stackTrace(Throwable failure) {
		java.io.StringWriter text = new java.io.StringWriter();
		failure.printStackTrace(new java.io.PrintWriter(text));
		return text.toString();
	}

	enum Kind {

		FIRST, SECOND

	}

	record Item(int n) {
	}

	record Named(String firstName) {
	}

	record Sample(int count, double ratio, float small, BigDecimal amount, Instant at, LocalDate day, Duration duration,
			UUID uuid, byte[] bytes, List<Item> items, Kind kind, String nothing) {
	}

	static class Failing {

		public String getValue() {
			throw new IllegalStateException("top-secret");
		}

	}

	static class Overlapping {

		@JsonProperty
		int a = 1;

		@JsonAnyGetter
		Map<String, Object> others() {
			return Map.of("a", 2);
		}

	}

}
