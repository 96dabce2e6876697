package io.agentflow.messaging.codec;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PayloadSchemasTests {

	private static final String ORDER = """
			{
			  "type": "object",
			  "required": ["number", "lines"],
			  "properties": {
			    "number": { "type": "string", "pattern": "^[A-Z]{2}-\\\\d{4}$" },
			    "at": { "type": "string", "format": "date-time" },
			    "lines": { "type": "array", "items": { "$ref": "line.json" } }
			  }
			}""";

	private static final String LINE = """
			{ "type": "object", "properties": { "quantity": { "type": "integer", "minimum": 1 } } }""";

	private static final PayloadSchemas SCHEMAS = PayloadSchemas.of(Map.of("order", ORDER, "line", LINE));

	private static final EnvelopeCodec CODEC = EnvelopeCodec.builder().payloadSchemas(SCHEMAS).build();

	private static final EnvelopeCodec LAX = EnvelopeCodec.builder().build();

	@Test
	void letsPassWhatMeetsItsSchema() {
		AfMessage<?> message = message("order",
				Map.of("number", "AB-1234", "at", "2026-11-22T10:00:00Z", "lines", List.of(Map.of("quantity", 1))));
		assertThatNoException().isThrownBy(() -> CODEC.decode(CODEC.encode(message).bytes()));
	}

	@Test
	void listsEveryViolationWithItsPathOnPublish() {
		AfMessage<?> message = message("order",
				Map.of("number", "AB-1234\n", "at", "yesterday", "lines", List.of(Map.of("quantity", 0), 7)));
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> CODEC.encode(message));
		assertThat(refusal.reason()).isEqualTo(Reason.SCHEMA);
		assertThat(refusal.messageId()).isEqualTo(message.id());
		assertThat(refusal.violations()).extracting(Violation::path)
			.containsExactlyInAnyOrder("/payload/number", "/payload/at", "/payload/lines/0/quantity",
					"/payload/lines/1");
		assertThat(refusal).hasMessageNotContaining("yesterday");
	}

	@Test
	void refusesOnDeliveryWhatAnotherPublisherLetPass() {
		byte[] bytes = LAX.encode(message("order", Map.of("number", 7))).bytes();
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> CODEC.decode(bytes));
		assertThat(refusal.reason()).isEqualTo(Reason.SCHEMA);
		assertThat(refusal.violations()).extracting(Violation::path)
			.containsExactlyInAnyOrder("/payload", "/payload/number");
	}

	@Test
	void letsPassTypesWithoutSchema() {
		assertThatNoException().isThrownBy(() -> CODEC.encode(message("../order", 7)));
		assertThatNoException().isThrownBy(() -> CODEC.encode(AfMessage.event("a", "b").payload(7).build()));
	}

	@Test
	void loadsFromTheClassPath() {
		PayloadSchemas schemas = PayloadSchemas.load(getClass().getClassLoader());
		assertThat(schemas.types()).contains("codec.invoice");
		EnvelopeCodec codec = EnvelopeCodec.builder().payloadSchemas(schemas).build();
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> codec.encode(message("codec.invoice", Map.of("total", -1))))
			.withMessageContaining("/payload/total");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "7", "[]", "{\"type\":\"strin\"}", "{\"minimum\":\"1\"}",
			"{\"properties\":{\"a\":{\"pattern\":\"(\"}}}", "{\"pattern\":\"(?=a)b\"}",
			"{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}", "{\"$ref\":\"missing.json\"}",
			"{\"$ref\":\"#/$defs/missing\"}", "{\"properties\":{\"x\":{\"$ref\":\"#/$defs/missing\"}}}",
			"{\"$ref\":\"https://example.com/schema.json\"}", "{\"$ref\":\"file:///etc/passwd\"}",
			"{\"$ref\":\"classpath:/af/schemas/codec.invoice.json\"}", "{\"$ref\":\"#\"}",
			"{\"properties\":{\"deep\":{\"items\":{\"$ref\":\"https://example.com/schema.json\"}}}}" })
	void refusesABrokenSchemaWhenItIsLoaded(String schema) {
		assertThatExceptionOfType(InvalidSchemaException.class)
			.isThrownBy(() -> PayloadSchemas.of(Map.of("broken", schema)))
			.withMessageContaining("'broken'")
			.withMessageContaining("af/schemas/broken.json");
	}

	@Test
	void refusesANameThatIsNone() {
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> PayloadSchemas.of(Map.of("a/b", "{}")))
			.withMessageContaining("rename");
	}

	@ParameterizedTest
	@ValueSource(strings = { "^(a+)+$", "^(a|aa)+$", "^(a|a)*b$", "^([a-z]+)*[0-9]$", "(.*a){12}x" })
	void answersInTimeWhateverThePatternIs(String pattern) {
		EnvelopeCodec codec = EnvelopeCodec.builder()
			.payloadSchemas(PayloadSchemas.of(Map.of("text", "{\"pattern\":\"" + pattern + "\"}")))
			.build();
		AfMessage<?> hostile = message("text", "a".repeat(10_000) + "!");
		// The best of some runs, as other work on the machine is not to be measured.
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 10; i++) {
			long start = System.nanoTime();
			assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> codec.encode(hostile));
			best = Math.min(best, System.nanoTime() - start);
		}
		assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(50));
	}

	@Test
	void refusesWhatTheValidatorFailsOn() {
		EnvelopeCodec codec = EnvelopeCodec.builder()
			.payloadSchemas(PayloadSchemas.of(Map.of("count", "{\"type\":\"integer\",\"minimum\":0}")))
			.build();
		assertThatNoException().isThrownBy(() -> codec.encode(message("count", 1e15)));
		assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> codec.encode(message("count", 1e84)))
			.withMessageContaining("/payload");
	}

	@Test
	void understandsCharactersByTheirCode() {
		PayloadSchemas schemas = PayloadSchemas
			.of(Map.of("text", "{\"pattern\":\"^[\\\\u0041-\\\\u0043]\\\\\\\\u$\"}"));
		EnvelopeCodec codec = EnvelopeCodec.builder().payloadSchemas(schemas).build();
		assertThatNoException().isThrownBy(() -> codec.encode(message("text", "B\\u")));
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> codec.encode(message("text", "D\\u")));
	}

	private static AfMessage<?> message(String payloadType, Object payload) {
		return AfMessage.event("a", "b").payloadType(payloadType).payload(payload).build();
	}

}
