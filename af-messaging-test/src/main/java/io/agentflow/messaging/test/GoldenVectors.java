package io.agentflow.messaging.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages with the bytes and the hash that the Go implementation gives them, for an
 * implementation of the contract that wants to compare itself.
 */
public final class GoldenVectors {

	private static final String RESOURCE = "vectors/agentflow-go.jsonl";

	private GoldenVectors() {
	}

	/**
	 * Reads the vectors of the Go implementation.
	 * @return the vectors
	 */
	public static List<GoldenVector> agentflowGo() {
		JsonMapper json = JsonMapper.shared();
		try (InputStream data = GoldenVectors.class.getResourceAsStream(RESOURCE)) {
			String text = new String(Objects.requireNonNull(data, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
			return text.lines().map((line) -> vector(json.readTree(line))).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static GoldenVector vector(JsonNode node) {
		return new GoldenVector(node.get("name").stringValue(), node.get("input"),
				bytes(node, "canonical_without_hash"), node.get("envelope_hash").stringValue(), bytes(node, "wire"));
	}

	private static byte[] bytes(JsonNode node, String member) {
		return Base64.getDecoder().decode(node.get(member + "_base64").stringValue());
	}

	/**
	 * One message.
	 *
	 * @param name what it shows
	 * @param input the message, without its hash
	 * @param canonical the bytes that the hash is made of
	 * @param hash the hash, 64 hex digits
	 * @param wire the bytes as they are sent
	 */
	public record GoldenVector(String name, JsonNode input, byte[] canonical, String hash, byte[] wire) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
