package io.agentflow.messaging.autoconfigure.logging;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the JSON log.
 */
@ConfigurationProperties("af.logging.json")
public class AfJsonLoggingProperties {

	/**
	 * Whether the console log is JSON. Off by default where spring-boot-devtools is
	 * present.
	 */
	private boolean enabled = true;

	/**
	 * Whether the id fields are written, empty, also outside a message.
	 */
	private boolean alwaysIncludeIds = false;

	/**
	 * Characters of a text value, the message included, after which it is cut.
	 */
	private int maxFieldLength = 8192;

	/**
	 * Characters of a stack trace after which it is cut.
	 */
	private int maxThrowableLength = 16384;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isAlwaysIncludeIds() {
		return this.alwaysIncludeIds;
	}

	public void setAlwaysIncludeIds(boolean alwaysIncludeIds) {
		this.alwaysIncludeIds = alwaysIncludeIds;
	}

	public int getMaxFieldLength() {
		return this.maxFieldLength;
	}

	public void setMaxFieldLength(int maxFieldLength) {
		this.maxFieldLength = maxFieldLength;
	}

	public int getMaxThrowableLength() {
		return this.maxThrowableLength;
	}

	public void setMaxThrowableLength(int maxThrowableLength) {
		this.maxThrowableLength = maxThrowableLength;
	}

}
