package io.agentflow.messaging.autoconfigure.endpoint;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the secrets of {@code af.bus.*} where an application lets the endpoints
 * {@code env} and {@code configprops} show values.
 */
final class AfSanitizingFunction implements SanitizingFunction {

	private static final Set<String> SECRETS = Set.of("af.bus.password", "af.bus.token", "af.bus.nkey",
			"af.bus.credentials");

	private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@,\\s]+@");

	@Override
	public SanitizableData apply(SanitizableData data) {
		String key = data.getKey().toLowerCase(Locale.ROOT).replace('_', '.');
		if (SECRETS.contains(key)) {
			return data.withSanitizedValue();
		}
		if (key.startsWith("af.bus.url") && data.getValue() != null) {
			return data.withValue(
					USER_INFO.matcher(data.getValue().toString()).replaceAll(SanitizableData.SANITIZED_VALUE + "@"));
		}
		return data;
	}

}
