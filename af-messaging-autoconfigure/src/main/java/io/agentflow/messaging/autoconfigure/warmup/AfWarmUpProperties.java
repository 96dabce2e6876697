package io.agentflow.messaging.autoconfigure.warmup;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the warm-up.
 */
@ConfigurationProperties("af.warm-up")
public class AfWarmUpProperties {

	/**
	 * Requests that the application sends to itself and answers at start-up, before its
	 * listeners start, so that the compiler has seen the path of a message when the first
	 * one comes. 0 for none.
	 */
	private int messages;

	/**
	 * Longest time that the start waits for them.
	 */
	private Duration timeLimit = Duration.ofSeconds(2);

	public int getMessages() {
		return this.messages;
	}

	public void setMessages(int messages) {
		this.messages = messages;
	}

	public Duration getTimeLimit() {
		return this.timeLimit;
	}

	public void setTimeLimit(Duration timeLimit) {
		this.timeLimit = timeLimit;
	}

}
