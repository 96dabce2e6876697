package io.agentflow.messaging.autoconfigure.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

import io.agentflow.messaging.test.server.NatsServerBinary;

/**
 * An image of nats: one that is here, else one that can be pulled, else one made of the
 * nats-server of this machine. The last serves where no registry can be reached.
 */
final class NatsImages {

	private static final long PULL_SECONDS = 120;

	/** What ldd prints for the loader and for each library. */
	private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

	private static Optional<String> found;

	private NatsImages() {
	}

	static String name() {
		return find().orElseThrow();
	}

	static synchronized Optional<String> find() {
		if (found == null) {
			String official = versioned("nats:${NATS_VERSION}");
			found = isAvailable(official) ? Optional.of(official) : build();
		}
		return found;
	}

	/**
	 * Fills a version of the project's {@code .env} in.
	 */
	static String versioned(String image) {
		Properties versions = new Properties();
		try (InputStream in = Files.newInputStream(Path.of("..", ".env"))) {
			versions.load(in);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The project's .env cannot be read", ex);
		}
		Matcher key = Pattern.compile("\\$\\{(\\w+)}").matcher(image);
		return key.replaceAll((match) -> versions.getProperty(match.group(1)));
	}

	static boolean isAvailable(String image) {
		DockerClient client = DockerClientFactory.instance().client();
		try {
			client.inspectImageCmd(image).exec();
			return true;
		}
		catch (NotFoundException ex) {
			return pull(client, image);
		}
	}

	private static boolean pull(DockerClient client, String image) {
		try {
			return client.pullImageCmd(image).start().awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
		}
		catch (DockerException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	static Optional<String> build() {
		return NatsServerBinary.find().map((binary) -> {
			List<Path> files = new ArrayList<>(libraries(binary));
			ImageFromDockerfile image = new ImageFromDockerfile("localhost/nats:made-for-tests", true)
				.withFileFromPath("nats-server", binary);
			StringBuilder dockerfile = new StringBuilder("FROM scratch\nCOPY nats-server /nats-server\n");
			for (Path file : files) {
				String name = "lib" + file.toString().replace('/', '_');
				image.withFileFromPath(name, file);
				dockerfile.append("COPY ").append(name).append(' ').append(file).append('\n');
			}
			dockerfile.append("EXPOSE 4222\nENTRYPOINT [\"/nats-server\"]\n");
			return image.withFileFromString("Dockerfile", dockerfile.toString()).get();
		});
	}

	/** What a dynamically linked executable needs beside it; nothing for a static one. */
	private static List<Path> libraries(Path binary) {
		try {
			Process ldd = new ProcessBuilder("ldd", binary.toString()).redirectErrorStream(true).start();
			String text = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return LIBRARY.matcher(text).results().map((match) -> Path.of(match.group(1))).toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
