package io.agentflow.messaging.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The properties of this library, as its metadata names them. Compared without dashes,
 * because a variable of the environment does not tell dashes from dots.
 */
final class KnownProperties {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	/** Names that other programs of AgentFlow use as well, some of them unknown to us. */
	private static final Set<String> SHARED = Set.of("service", "trace", "otel");

	private static final int SIMILAR = 3;

	private final Map<String, Known> properties = new HashMap<>();

	private final Set<String> groups = new TreeSet<>();

	private KnownProperties() {
	}

	/**
	 * Reads the metadata beside this class: other libraries have files of that name.
	 * @return the properties, none if it cannot be read, as in a native image
	 */
	static KnownProperties load() {
		try {
			String own = KnownProperties.class.getName().replace('.', '/') + ".class";
			String location = Objects.toString(KnownProperties.class.getClassLoader().getResource(own));
			try (InputStream in = new URL(location.substring(0, location.length() - own.length()) + METADATA)
				.openStream()) {
				return of(JsonMapper.shared().readTree(in));
			}
		}
		catch (IOException | RuntimeException ex) {
			return new KnownProperties();
		}
	}

	static KnownProperties of(JsonNode metadata) {
		KnownProperties known = new KnownProperties();
		for (JsonNode property : metadata.path("properties")) {
			String name = property.get("name").stringValue();
			String[] segments = name.split("\\.");
			if (!segments[0].equals("af") || segments.length < 2) {
				continue;
			}
			known.properties.put(plain(name),
					new Known(name, property.path("type").stringValue("").startsWith("java.util.Map"),
							property.has("deprecation"),
							property.path("deprecation").path("replacement").stringValue(null)));
			if (!SHARED.contains(segments[1])) {
				known.groups.add(segments[1]);
			}
		}
		return known;
	}

	/**
	 * Tells whether a name is one that this library answers for.
	 */
	boolean isOurs(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 2 && name.getElement(0, Form.UNIFORM).equals("af")
				&& this.groups.contains(name.getElement(1, Form.DASHED));
	}

	/**
	 * Finds the property that a name means. What follows an index belongs to the list,
	 * what follows a map to the map.
	 */
	@Nullable Known find(ConfigurationPropertyName name) {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			if (name.isNumericIndex(i)) {
				return this.properties.get(path.toString());
			}
			path.append(plain(name.getElement(i, Form.UNIFORM)));
			Known known = this.properties.get(path.toString());
			if (known != null && known.map()) {
				return known;
			}
		}
		return this.properties.get(path.toString());
	}

	/**
	 * Finds the property that a wrong name was meant to be.
	 */
	@Nullable String similarTo(ConfigurationPropertyName name) {
		String wrong = plain(name.toString());
		String best = null;
		int distance = SIMILAR + 1;
		for (Map.Entry<String, Known> candidate : this.properties.entrySet()) {
			int edits = edits(wrong, candidate.getKey());
			if (edits < distance) {
				distance = edits;
				best = candidate.getValue().name();
			}
		}
		return best;
	}

	private static String plain(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	/** Levenshtein's distance, row by row. */
	private static int edits(String from, String to) {
		int[] row = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

	/**
	 * A property.
	 *
	 * @param name its name
	 * @param map whether names may follow that its users choose
	 * @param deprecated whether it should not be used any more
	 * @param replacement what to use in its place
	 */
	record Known(String name, boolean map, boolean deprecated, @Nullable String replacement) {

	}

}
