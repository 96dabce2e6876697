package io.agentflow.messaging.autoconfigure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.ResourceUtils;
import org.springframework.util.StringUtils;

import io.agentflow.messaging.connection.BusCredentials;

/**
 * Takes the details from {@code af.bus.*}.
 */
final class PropertiesAfBusConnectionDetails implements AfBusConnectionDetails {

	private final AfBusProperties properties;

	private final @Nullable SslBundles sslBundles;

	PropertiesAfBusConnectionDetails(AfBusProperties properties, @Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.sslBundles = sslBundles;
	}

	@Override
	public List<String> getUrls() {
		return this.properties.getUrl();
	}

	@Override
	public BusCredentials getCredentials() {
		String user = this.properties.getUser();
		String password = this.properties.getPassword();
		requireOne(user);
		if (StringUtils.hasText(this.properties.getToken())) {
			return BusCredentials.token(Secret.of("af.bus.token", this.properties.getToken()));
		}
		if (StringUtils.hasText(this.properties.getNkey())) {
			return BusCredentials.nkey(Secret.of("af.bus.nkey", this.properties.getNkey()));
		}
		if (StringUtils.hasText(this.properties.getCredentials())) {
			return BusCredentials.file(file(this.properties.getCredentials()));
		}
		if (StringUtils.hasText(user)) {
			if (password == null) {
				throw new InvalidConfigurationPropertyValueException("af.bus.user", user,
						"af.bus.password is not set. Set both or none");
			}
			return BusCredentials.userPassword(() -> user, Secret.of("af.bus.password", password));
		}
		if (StringUtils.hasText(password)) {
			throw new InvalidConfigurationPropertyValueException("af.bus.user", null,
					"af.bus.password is set without it. Set both or none");
		}
		return BusCredentials.none();
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		String bundle = this.properties.getSsl().getBundle();
		if (!StringUtils.hasText(bundle)) {
			return null;
		}
		if (this.sslBundles == null) {
			throw new InvalidConfigurationPropertyValueException("af.bus.ssl.bundle", bundle,
					"there are no SSL bundles. Define it under spring.ssl.bundle");
		}
		return this.sslBundles.getBundle(bundle);
	}

	private void requireOne(@Nullable String user) {
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleMatchingValuesIn((entries) -> {
			Map<String, @Nullable Object> kinds = new LinkedHashMap<>();
			kinds.put("af.bus.user", user);
			kinds.put("af.bus.token", this.properties.getToken());
			kinds.put("af.bus.nkey", this.properties.getNkey());
			kinds.put("af.bus.credentials", this.properties.getCredentials());
			entries.putAll(kinds);
		}, (value) -> value instanceof String text && StringUtils.hasText(text));
	}

	private static Path file(String location) {
		return Path.of(location.startsWith(ResourceUtils.FILE_URL_PREFIX)
				? location.substring(ResourceUtils.FILE_URL_PREFIX.length()) : location);
	}

}
