package io.agentflow.messaging.sample;

/**
 * What the ponger answers.
 *
 * @param run the ping's run
 * @param sequence the ping's number
 * @param hash envelope hash of the ping's message, as the ponger has verified it
 * @param text the ping's content
 */
public record Pong(int run, int sequence, String hash, String text) {
}
