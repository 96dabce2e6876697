package io.agentflow.messaging.test.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names that a page may use: the properties of all metadata on the class path, and
 * whatever stands in the project's own code (metrics, loggers, variables of the sample).
 */
final class KnownNames {

	private final TreeMap<String, JsonNode> properties = new TreeMap<>();

	private final String code = code();

	KnownNames() {
		try {
			for (URL url : Collections
				.list(getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (var in = url.openStream()) {
					JsonMapper.shared()
						.readTree(in)
						.get("properties")
						.forEach((property) -> this.properties.put(property.get("name").stringValue(), property));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Finds the metadata of a property, for a member of a map or list that of the map or
	 * list.
	 * @return the metadata, or {@code null} if there is no such property
	 */
	JsonNode property(String name) {
		Map.Entry<String, JsonNode> candidate = this.properties.floorEntry(name);
		while (candidate != null && candidate.getKey().charAt(0) == name.charAt(0)) {
			String key = candidate.getKey();
			String type = candidate.getValue().path("type").stringValue("");
			boolean open = type.startsWith("java.util.Map") || type.startsWith("java.util.List");
			if (name.equals(key) || (open && (name.startsWith(key + ".") || name.startsWith(key + "[")))) {
				return candidate.getValue();
			}
			candidate = this.properties.lowerEntry(key);
		}
		return null;
	}

	/**
	 * Tells whether there is a property, or a group of properties, of a name.
	 */
	boolean isPropertyOrGroup(String name) {
		String next = this.properties.ceilingKey(name + ".");
		return property(name) != null || (next != null && next.startsWith(name + "."));
	}

	/**
	 * Tells whether there is a property that an environment variable sets, or properties
	 * that its beginning does.
	 */
	boolean isVariable(String name) {
		String plain = plain(name);
		return this.properties.keySet()
			.stream()
			.map(KnownNames::plain)
			.anyMatch((property) -> property.equals(plain) || (name.endsWith("_") && property.startsWith(plain)));
	}

	boolean isInCode(String text) {
		return this.code.contains(text);
	}

	private static String plain(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	private static String code() {
		try (Stream<Path> files = Files.walk(MarkdownPage.ROOT)) {
			return files.filter(KnownNames::isCode).map(KnownNames::read).collect(Collectors.joining("\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isCode(Path file) {
		String name = file.toString();
		return name.contains("/src/main/") && (name.endsWith(".java") || name.endsWith(".yaml"));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
