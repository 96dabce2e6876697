package io.agentflow.messaging.test.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/**
 * A JVM that starts a server, tells its process id and directory in a file, and waits to
 * be killed.
 */
final class ServerMain {

	private ServerMain() {
	}

	public static void main(String[] args) throws Exception {
		NatsServer server = NatsServer.start();
		Path output = Path.of(args[0]);
		Path draft = output.resolveSibling("draft");
		Files.writeString(draft, server.pid() + "\n" + server.storeDirectory().getParent());
		Files.move(draft, output, StandardCopyOption.ATOMIC_MOVE);
		new CountDownLatch(1).await();
	}

}
