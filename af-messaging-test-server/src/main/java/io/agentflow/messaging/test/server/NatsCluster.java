package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several nats-server processes that form one JetStream cluster, for what only a cluster
 * does: replicas, leaders, rolling restarts.
 * <p>
 * The nodes are ordinary {@link NatsServer}s named {@code n1}, {@code n2}, …: kill the
 * one that leads a stream with {@code node(leader).kill()}, and {@code restart()} it. A
 * node keeps its ports over restarts, so the others find it again.
 */
public final class NatsCluster implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final int TRIES = 5;

	private final List<NatsServer> nodes;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private NatsCluster(List<NatsServer> nodes) {
		this.nodes = nodes;
	}

	static NatsCluster start(int size, String config) {
		for (int i = 1;; i++) {
			NatsCluster cluster = prepare(size, config);
			try {
				cluster.nodes.forEach((node) -> node.runOnFreePorts(0));
				cluster.awaitReady();
				return cluster;
			}
			catch (RuntimeException ex) {
				cluster.close();
				// The ports for the routes were drawn before: somebody else may be
				// faster.
				if (i == TRIES || !String.valueOf(ex.getMessage()).contains("address already in use")) {
					throw ex;
				}
			}
		}
	}

	/**
	 * The nodes, in the order of their names.
	 * @return all nodes, running or not
	 */
	public List<NatsServer> nodes() {
		return this.nodes;
	}

	/**
	 * One node.
	 * @param name its name, as a stream's cluster information tells it
	 * @return the node
	 */
	public NatsServer node(String name) {
		return this.nodes.stream()
			.filter((node) -> node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No node '" + name + "' in this cluster"));
	}

	/**
	 * Where clients connect.
	 * @return the URLs of all nodes, parted by commas
	 */
	public String url() {
		return this.nodes.stream().map(NatsServer::url).collect(Collectors.joining(","));
	}

	/**
	 * Waits until each running node says that it is healthy: it knows the leader, and
	 * what it stores is current.
	 * @throws IllegalStateException if that takes more than a minute; with the logs
	 */
	public void awaitReady() {
		if (!Polling.until(() -> this.nodes.stream().filter(NatsServer::isRunning).allMatch(this::healthy), TIMEOUT)) {
			throw new IllegalStateException("The cluster is not healthy after " + TIMEOUT.toSeconds() + " s. Logs:\n"
					+ this.nodes.stream().map(NatsServer::log).collect(Collectors.joining("\n")));
		}
	}

	/**
	 * Kills all nodes and deletes their files.
	 */
	@Override
	public void close() {
		this.nodes.forEach(NatsServer::close);
	}

	private boolean healthy(NatsServer node) {
		try {
			URI health = URI.create(node.monitorUrl() + "/healthz");
			HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
			return this.http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static NatsCluster prepare(int size, String config) {
		List<Integer> ports = IntStream.range(0, size).mapToObj((i) -> LoopbackPorts.pick()).toList();
		String routes = ports.stream().map((port) -> "nats://127.0.0.1:" + port).collect(Collectors.joining(", "));
		List<NatsServer> nodes = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			String cluster = "cluster { name: \"test\", listen: \"127.0.0.1:" + ports.get(i) + "\", routes: [ " + routes
					+ " ] }\n";
			nodes.add(NatsServer.builder().name("n" + (i + 1)).config(cluster + config).prepare());
		}
		return new NatsCluster(List.copyOf(nodes));
	}

}
