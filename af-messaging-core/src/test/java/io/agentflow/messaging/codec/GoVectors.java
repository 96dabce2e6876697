package io.agentflow.messaging.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the Go implementation writes, see README.md beside the data.
 */
record GoVectors(String name, JsonNode input, byte[] canonical, String hash, byte[] wire) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static List<GoVectors> all() {
		try (InputStream data = GoVectors.class.getResourceAsStream("/vectors/agentflow-go.jsonl")) {
			return new String(data.readAllBytes(), StandardCharsets.UTF_8).lines().map(GoVectors::parse).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static GoVectors parse(String line) {
		JsonNode node = JSON.readTree(line);
		return new GoVectors(node.get("name").stringValue(), node.get("input"), bytes(node, "canonical_without_hash"),
				node.get("envelope_hash").stringValue(), bytes(node, "wire"));
	}

	private static byte[] bytes(JsonNode node, String member) {
		return Base64.getDecoder().decode(node.get(member + "_base64").stringValue());
	}

	@Override
	public String toString() {
		return this.name;
	}

}
