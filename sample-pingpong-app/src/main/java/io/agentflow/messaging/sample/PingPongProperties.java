package io.agentflow.messaging.sample;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

import io.agentflow.messaging.sample.harness.RunSpec;
import io.agentflow.messaging.sample.harness.Thresholds;

/**
 * Properties of the sample.
 */
@ConfigurationProperties("pingpong")
public class PingPongProperties {

	/**
	 * What this instance does.
	 */
	private Role role = Role.BOTH;

	/**
	 * Name of the pinger as an agent: its pongs come to agents.<agent>.in.
	 */
	private String agent = "pinger";

	/**
	 * Pings to measure.
	 */
	private int messages = 1000;

	/**
	 * Pings in flight.
	 */
	private int concurrency = 10;

	/**
	 * Length of the text in ping and pong, in bytes.
	 */
	private int payloadBytes = 1024;

	/**
	 * Pings before those that are measured; the first 1000 of them are reported as cold.
	 */
	private int warmUp = 5000;

	/**
	 * Pings per second, whatever the pongs do; 0 to send the next ping when a pong comes.
	 */
	private double rate = 0;

	/**
	 * Time after which a ping without pong is lost.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	/**
	 * Time after which no more pings are sent.
	 */
	private Duration limit = Duration.ofMinutes(10);

	/**
	 * Threads that answer pings.
	 */
	private int pongerConcurrency = 1;

	/**
	 * Whether the pings start by themselves.
	 */
	private boolean autostart = true;

	/**
	 * 95 % of the round trips must take less milliseconds.
	 */
	private double p95ThresholdMs = Thresholds.baseline().p95Millis();

	/**
	 * Half of the round trips must take less milliseconds. The harness asks for 5; the
	 * sample, which runs on machines that do other things too, for no more than p95 does.
	 */
	private double p50ThresholdMs = Thresholds.baseline().p95Millis();

	/**
	 * There must be more round trips per second.
	 */
	private double minThroughput = Thresholds.baseline().minThroughput();

	/**
	 * What an instance does.
	 */
	public enum Role {

		/**
		 * Sends pings, shows the figures and ends.
		 */
		PINGER,

		/**
		 * Answers pings until it is stopped.
		 */
		PONGER,

		/**
		 * Both, and ends when the pings are done.
		 */
		BOTH

	}

	Thresholds toThresholds() {
		Thresholds bar = Thresholds.baseline();
		return new Thresholds(this.p95ThresholdMs, this.p50ThresholdMs, this.minThroughput, bar.maxErrorRate(),
				bar.minCompletion());
	}

	RunSpec toRunSpec() {
		return new RunSpec(this.messages, this.concurrency, this.payloadBytes, this.rate, this.timeout, this.limit);
	}

	public Role getRole() {
		return this.role;
	}

	public void setRole(Role role) {
		this.role = role;
	}

	public String getAgent() {
		return this.agent;
	}

	public void setAgent(String agent) {
		this.agent = agent;
	}

	public int getMessages() {
		return this.messages;
	}

	public void setMessages(int messages) {
		this.messages = messages;
	}

	public int getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	public int getPayloadBytes() {
		return this.payloadBytes;
	}

	public void setPayloadBytes(int payloadBytes) {
		this.payloadBytes = payloadBytes;
	}

	public int getWarmUp() {
		return this.warmUp;
	}

	public void setWarmUp(int warmUp) {
		this.warmUp = warmUp;
	}

	public double getRate() {
		return this.rate;
	}

	public void setRate(double rate) {
		this.rate = rate;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getLimit() {
		return this.limit;
	}

	public void setLimit(Duration limit) {
		this.limit = limit;
	}

	public int getPongerConcurrency() {
		return this.pongerConcurrency;
	}

	public void setPongerConcurrency(int pongerConcurrency) {
		this.pongerConcurrency = pongerConcurrency;
	}

	public boolean isAutostart() {
		return this.autostart;
	}

	public void setAutostart(boolean autostart) {
		this.autostart = autostart;
	}

	public double getP95ThresholdMs() {
		return this.p95ThresholdMs;
	}

	public void setP95ThresholdMs(double p95ThresholdMs) {
		this.p95ThresholdMs = p95ThresholdMs;
	}

	public double getP50ThresholdMs() {
		return this.p50ThresholdMs;
	}

	public void setP50ThresholdMs(double p50ThresholdMs) {
		this.p50ThresholdMs = p50ThresholdMs;
	}

	public double getMinThroughput() {
		return this.minThroughput;
	}

	public void setMinThroughput(double minThroughput) {
		this.minThroughput = minThroughput;
	}

}
