package io.agentflow.messaging.sample;

/**
 * What the pinger asks.
 *
 * @param run number of the pinger's run
 * @param sequence number of the ping in the run, from 0
 * @param text content of any length, which the pong brings back
 */
public record Ping(int run, int sequence, String text) {
}
