package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class TcpProxyTests {

	private ServerSocket listener;

	private TcpProxy proxy;

	private Socket client;

	private Socket server;

	@BeforeEach
	void connectThroughProxy() throws IOException {
		this.listener = new ServerSocket(0, 10, LoopbackPorts.LOOPBACK);
		this.proxy = TcpProxy.to(this.listener.getLocalPort());
		this.client = connect();
		this.server = accept();
	}

	@AfterEach
	void close() throws IOException {
		this.proxy.close();
		this.client.close();
		this.server.close();
		this.listener.close();
	}

	@Test
	void carriesBytesBothWaysUnchanged() throws IOException {
		byte[] sent = new byte[3_000_000];
		new Random(7).nextBytes(sent);
		ProxyLink.daemon("sender", () -> send(this.client, sent));
		assertThat(this.server.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
		ProxyLink.daemon("sender", () -> send(this.server, sent));
		assertThat(this.client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
		assertThat(this.proxy.connections()).isEqualTo(1);
	}

	@Test
	void passesTheEndOfAStreamOn() throws IOException {
		send(this.client, 1);
		this.client.shutdownOutput();
		assertThat(this.server.getInputStream().readAllBytes()).hasSize(1);
		send(this.server, 2, 3);
		this.server.close();
		assertThat(this.client.getInputStream().readAllBytes()).hasSize(2);
		await().until(() -> this.proxy.connections() == 0);
	}

	@Test
	void cutsAllConnectionsAndAcceptsNewOnes() throws IOException {
		roundTrip(this.client, this.server);
		this.proxy.cut();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.client.getInputStream().read());
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.server.getInputStream().read());
		assertThat(this.proxy.connections()).isZero();
		try (Socket again = connect(); Socket accepted = accept()) {
			roundTrip(again, accepted);
		}
	}

	@Test
	void refusesNewConnectionsOnly() throws IOException {
		this.proxy.refuse(true);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
		roundTrip(this.client, this.server);
		this.proxy.refuse(false);
		try (Socket again = connect(); Socket accepted = accept()) {
			roundTrip(again, accepted);
		}
	}

	@Test
	void resetsClientsWhenNobodyListensBehindIt() throws IOException {
		this.listener.close();
		try (Socket late = connect()) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> late.getInputStream().read());
		}
	}

	@Test
	void holdsBytesBackOneWayAndLosesNone() throws IOException {
		this.proxy.stallToServer(true);
		send(this.client, 1, 2, 3);
		assertThatNothingArrives(this.server);
		send(this.server, 4);
		assertThat(this.client.getInputStream().read()).isEqualTo(4);
		this.proxy.stallToServer(false);
		assertThat(this.server.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
	}

	@Test
	void holdsBytesBackBothWays() throws IOException {
		this.proxy.stall(true);
		send(this.client, 1);
		send(this.server, 2);
		assertThatNothingArrives(this.server);
		assertThatNothingArrives(this.client);
		this.proxy.stall(false);
		assertThat(this.server.getInputStream().read()).isEqualTo(1);
		assertThat(this.client.getInputStream().read()).isEqualTo(2);
	}

	@Test
	void cutsWhatIsStalled() throws IOException {
		this.proxy.stall(true);
		send(this.client, 1);
		this.proxy.cut();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.server.getInputStream().read());
	}

	@Test
	void delaysEachDirection() throws IOException {
		this.proxy.delay(Duration.ofMillis(150));
		long start = System.nanoTime();
		roundTrip(this.client, this.server);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300),
				Duration.ofSeconds(5));
	}

	@Test
	void cutsInTheMiddleOfAMessage() throws IOException {
		this.proxy.cutAfter(5);
		send(this.client, 1, 2, 3);
		assertThat(this.server.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
		assertThat(this.proxy.connections()).isEqualTo(1);
		send(this.client, 4, 5, 6, 7);
		assertThat(bytesUntilReset(this.server)).isEqualTo(2);
		assertThat(bytesUntilReset(this.client)).isZero();
		try (Socket again = connect(); Socket accepted = accept()) {
			roundTrip(again, accepted);
		}
	}

	@Test
	void closesTheHalfThatTheClientReads() throws IOException {
		this.proxy.halfClose();
		assertThat(this.client.getInputStream().read()).isEqualTo(-1);
		send(this.client, 9);
		assertThat(this.server.getInputStream().read()).isEqualTo(9);
		send(this.server, 1);
		send(this.client, 8);
		assertThat(this.server.getInputStream().read()).isEqualTo(8);
	}

	private Socket connect() throws IOException {
		return new Socket(LoopbackPorts.LOOPBACK, this.proxy.port());
	}

	private Socket accept() throws IOException {
		Socket accepted = this.listener.accept();
		accepted.setSoTimeout(10_000);
		return accepted;
	}

	private static void roundTrip(Socket client, Socket server) throws IOException {
		send(client, 1);
		assertThat(server.getInputStream().read()).isEqualTo(1);
		send(server, 2);
		assertThat(client.getInputStream().read()).isEqualTo(2);
	}

	private static void send(Socket socket, int... bytes) {
		byte[] sent = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			sent[i] = (byte) bytes[i];
		}
		send(socket, sent);
	}

	private static void send(Socket socket, byte[] bytes) {
		try {
			socket.getOutputStream().write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertThatNothingArrives(Socket socket) throws IOException {
		socket.setSoTimeout(200);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
		socket.setSoTimeout(10_000);
	}

	private static int bytesUntilReset(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		int count = 0;
		try {
			while (in.read() >= 0) {
				count++;
			}
		}
		catch (SocketException ex) {
			return count;
		}
		throw new AssertionError("The connection ended without a reset");
	}

}
