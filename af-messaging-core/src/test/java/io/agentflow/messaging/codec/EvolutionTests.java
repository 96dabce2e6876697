package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.InvalidMessageException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The evolution rules of docs/messaging.md: what an old reader makes of a new message,
 * and a new reader of an old one.
 */
class EvolutionTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final EnvelopeCodec codec = EnvelopeCodec.builder().build();

	@Test
	void anAdditionInMetadataIsReadByOldReaders() {
		AfMessage<?> read = decode(message().set("metadata",
				JSON.valueToTree(Map.of("workflow_id", "wf-1", "region", "eu", "schema_version", "1.1"))));
		assertThat(read.workflowId()).isEqualTo("wf-1");
		assertThat(read.schemaVersion()).isEqualTo("1.1");
		assertThat(read.metadata()).containsEntry("region", "eu");
	}

	@Test
	void anAdditionInMetadataMayBeMissingForNewReaders() {
		AfMessage<?> read = decode(message());
		assertThat(read.metadata()).doesNotContainKey("region");
		assertThat(read.schemaVersion()).isNull();
	}

	@Test
	void anAdditionAtTheTopIsRefused() {
		assertThat(refusal(message().put("priority", 1)).reason()).isEqualTo(Reason.SCHEMA);
	}

	@Test
	void aRemovedRequiredFieldIsRefused() {
		for (String field : List.of("id", "from", "to", "type", "ts")) {
			assertThat(refusal(message().without(field)).reason()).as(field).isEqualTo(Reason.SCHEMA);
		}
	}

	@Test
	void fieldsThatEarlyWritersLeftOutMayBeMissing() {
		ObjectNode early = message().without(List.of("trace_id", "span_id", "payload", "metadata", "cost"));
		AfMessage<?> read = decode(early);
		assertThat(read.traceId()).isEmpty();
		assertThat(read.metadata()).isEmpty();
		assertThat(read.cost().tokens()).isZero();
		assertThat(decode(message().putNull("metadata")).metadata()).isEmpty();
	}

	@Test
	void aRenamedFieldIsRefused() {
		ObjectNode renamed = message().without("from");
		assertThat(refusal(renamed.put("sender", "a")).reason()).isEqualTo(Reason.SCHEMA);
	}

	@Test
	void aChangedTypeIsRefused() {
		assertThat(refusal(message().put("ts", 1_700_000_000)).reason()).isEqualTo(Reason.SCHEMA);
		assertThat(refusal(message().put("id", 7)).reason()).isEqualTo(Reason.SCHEMA);
	}

	@Test
	void aNewEnumValueIsRefusedByOldReadersAndOldOnesStayReadable() {
		assertThat(refusal(message().put("type", "query")).reason()).isEqualTo(Reason.SCHEMA);
		for (String type : List.of("request", "response", "event", "control")) {
			assertThat(decode(message().put("type", type)).type().wireName()).isEqualTo(type);
		}
	}

	@Test
	void aPayloadMayGrowForReadersThatIgnoreWhatTheyDoNotKnow() {
		AfMessage<JsonNode> grown = this.codec
			.decode(seal(message().set("payload", JSON.valueToTree(Map.of("n", 1, "added", true)))))
			.message();
		assertThat(this.codec.convert(grown, Old.class).payload()).isEqualTo(new Old(1));
		AfMessage<JsonNode> old = this.codec.decode(seal(message().set("payload", JSON.valueToTree(Map.of("n", 1)))))
			.message();
		assertThat(this.codec.convert(old, New.class).payload()).isEqualTo(new New(1, null));
	}

	private AfMessage<?> decode(ObjectNode envelope) {
		return this.codec.decode(seal(envelope)).message();
	}

	private InvalidMessageException refusal(ObjectNode envelope) {
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> this.codec.decode(seal(envelope)));
		assertThat(refusal).isNotNull();
		return refusal;
	}

	/**
	 * Seals as another version would, which does not know this one's rules.
	 */
	private static byte[] seal(ObjectNode envelope) {
		return EnvelopeHash.seal(envelope, CanonicalForm.JCS).bytes();
	}

	private static ObjectNode message() {
		EnvelopeCodec codec = EnvelopeCodec.builder().build();
		return (ObjectNode) JSON
			.readTree(new String(codec.encode(AfMessage.event("a", "b").build()).bytes(), StandardCharsets.UTF_8));
	}

	record Old(int n) {
	}

	record New(int n, Boolean added) {
	}

}
