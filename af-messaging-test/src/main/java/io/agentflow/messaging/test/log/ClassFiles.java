package io.agentflow.messaging.test.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the class files of a directory or a jar.
 */
final class ClassFiles {

	private static final String SUFFIX = ".class";

	private ClassFiles() {
	}

	/**
	 * Visits each class file.
	 * @param root directory or jar; of an executable jar its own classes
	 * @param visitor takes a path and the bytes
	 * @throws IOException if one cannot be read
	 */
	static void visit(Path root, Visitor visitor) throws IOException {
		if (Files.isDirectory(root)) {
			List<Path> files;
			try (Stream<Path> walk = Files.walk(root)) {
				files = walk.filter((file) -> file.toString().endsWith(SUFFIX)).sorted().toList();
			}
			for (Path file : files) {
				visitor.visit(file.toString(), Files.readAllBytes(file));
			}
			return;
		}
		try (ZipFile jar = new ZipFile(root.toFile())) {
			for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements();) {
				ZipEntry entry = entries.nextElement();
				if (entry.getName().endsWith(SUFFIX)) {
					try (InputStream in = jar.getInputStream(entry)) {
						visitor.visit(root + "!" + entry.getName(), in.readAllBytes());
					}
				}
			}
		}
	}

	/**
	 * Takes class files.
	 */
	@FunctionalInterface
	interface Visitor {

		/**
		 * Takes one.
		 * @param path where it is
		 * @param bytes what is in it
		 */
		void visit(String path, byte[] bytes);

	}

}
