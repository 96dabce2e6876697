package io.agentflow.messaging.test;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import io.agentflow.messaging.AfMessage;

/**
 * Messages to give to listeners, whole and damaged.
 */
public final class AfMessages {

	private static final String HASH = "\"envelope_hash\":\"";

	private AfMessages() {
	}

	/**
	 * Makes a request of a test to an agent, within a workflow.
	 * @param <T> type of the payload
	 * @param agentId the agent, {@code to} and {@code agent_id}
	 * @param payload the payload
	 * @return the message
	 */
	public static <T> AfMessage<T> request(String agentId, @Nullable T payload) {
		return AfMessage.request("test", agentId).workflowId("test-workflow").agentId(agentId).payload(payload).build();
	}

	/**
	 * Makes an event of a test for an agent, within a workflow.
	 * @param <T> type of the payload
	 * @param agentId the agent, {@code to} and {@code agent_id}
	 * @param payload the payload
	 * @return the message
	 */
	public static <T> AfMessage<T> event(String agentId, @Nullable T payload) {
		return AfMessage.event("test", agentId).workflowId("test-workflow").agentId(agentId).payload(payload).build();
	}

	/**
	 * Changes content and leaves the hash, as somebody in between would.
	 * @param encoded a message as it goes over the wire
	 * @param before a text in it
	 * @param after the text to put in its place, which keeps it JSON
	 * @return the bytes, which must be refused
	 */
	public static byte[] tampered(byte[] encoded, String before, String after) {
		String text = new String(encoded, StandardCharsets.UTF_8);
		Assert.isTrue(text.contains(before), "The message does not contain the text to change");
		return text.replace(before, after).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Changes one digit of the hash and leaves the content.
	 * @param encoded a message as it goes over the wire
	 * @return the bytes, which must be refused
	 */
	public static byte[] wrongHash(byte[] encoded) {
		String text = new String(encoded, StandardCharsets.UTF_8);
		int digit = text.lastIndexOf(HASH) + HASH.length();
		Assert.isTrue(digit >= HASH.length(), "The message has no envelope_hash");
		char other = (text.charAt(digit) == '0') ? '1' : '0';
		return (text.substring(0, digit) + other + text.substring(digit + 1)).getBytes(StandardCharsets.UTF_8);
	}

}
