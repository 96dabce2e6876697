package io.agentflow.messaging.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

import io.agentflow.messaging.autoconfigure.KnownProperties.Known;

/**
 * Warns of properties under this library's prefixes that do nothing, which are mistyped
 * most of the time, and of those that will go. Names and origins are told, never values.
 */
final class PropertyWarnings implements InitializingBean {

	private static final Logger logger = LoggerFactory.getLogger(PropertyWarnings.class);

	private final Environment environment;

	private final KnownProperties known;

	PropertyWarnings(Environment environment, KnownProperties known) {
		this.environment = environment;
		this.known = known;
	}

	@Override
	public void afterPropertiesSet() {
		warnings().forEach(logger::warn);
	}

	/**
	 * Finds what there is to warn of.
	 * @return sentences, in the order of the alphabet
	 */
	Set<String> warnings() {
		Set<String> warnings = new TreeSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(this.known::isOurs).forEach((name) -> {
					String warning = warning(name, source);
					if (warning != null) {
						warnings.add(warning);
					}
				});
			}
		}
		return warnings;
	}

	private @Nullable String warning(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		Known property = this.known.find(name);
		if (property == null) {
			String similar = this.known.similarTo(name);
			return "There is no property " + name + " (" + origin(name, source) + "): it does nothing."
					+ ((similar != null) ? " Is " + similar + " meant?" : "");
		}
		if (property.deprecated()) {
			return "Property " + property.name() + " (" + origin(name, source) + ") is deprecated and will go."
					+ ((property.replacement() != null) ? " Use " + property.replacement() + "." : "");
		}
		return null;
	}

	private static String origin(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return (property != null && property.getOrigin() != null) ? property.getOrigin().toString()
				: String.valueOf(source.getUnderlyingSource());
	}

}
