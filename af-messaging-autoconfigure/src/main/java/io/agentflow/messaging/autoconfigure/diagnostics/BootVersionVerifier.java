package io.agentflow.messaging.autoconfigure.diagnostics;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends the start on Spring Boot 3 and older in words, before the first class is missed.
 * Uses only what those versions have too, and is registered by a key that they read.
 */
final class BootVersionVerifier implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final int OLDEST = 4;

	private final String version;

	BootVersionVerifier() {
		this(SpringBootVersion.getVersion());
	}

	BootVersionVerifier(String version) {
		this.version = version;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String major = this.version.substring(0, Math.max(this.version.indexOf('.'), 0));
		if (!major.isEmpty() && major.chars().allMatch(Character::isDigit) && Integer.parseInt(major) < OLDEST) {
			throw new UnsupportedBootVersionException(this.version);
		}
	}

}
