package io.agentflow.messaging.sample.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded figures: one JSON file each, named by time and commit, in one directory.
 */
public final class Baselines {

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
		.withZone(ZoneOffset.UTC);

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final Path directory;

	/**
	 * Keeps baselines in a directory.
	 * @param directory the directory; made when the first one is recorded
	 */
	public Baselines(Path directory) {
		this.directory = directory;
	}

	/**
	 * Keeps figures.
	 * @param report the figures
	 * @return the file
	 */
	public Path record(PerfReport report) {
		Path file = this.directory
			.resolve(NAME.format(report.recordedAt()) + "-" + report.surroundings().commit() + ".json");
		write(file, report);
		return file;
	}

	/**
	 * Reads all.
	 * @return the baselines, the oldest first
	 */
	public List<PerfReport> all() {
		if (!Files.isDirectory(this.directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(".json")).sorted().map(Baselines::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot list the baselines in " + this.directory, ex);
		}
	}

	static void write(Path file, PerfReport report) {
		try {
			Path parent = file.toAbsolutePath().getParent();
			if (parent != null) {
				Files.createDirectories(parent);
			}
			Files.write(file, JSON.writeValueAsBytes(report));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write " + file, ex);
		}
	}

	static PerfReport read(Path file) {
		try {
			return JSON.readValue(Files.readAllBytes(file), PerfReport.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + file, ex);
		}
	}

}
