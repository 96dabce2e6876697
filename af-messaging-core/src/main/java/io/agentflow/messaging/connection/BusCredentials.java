package io.agentflow.messaging.connection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.springframework.util.Assert;

import io.nats.client.Nats;
import io.nats.client.Options;

/**
 * How to tell the server who we are. Secrets come from suppliers that are asked again for
 * every connection that is made, so rotated ones are used without a restart; they are
 * never kept and never printed.
 */
public final class BusCredentials {

	private static final BusCredentials NONE = new BusCredentials("none", (options) -> {
	});

	private final String kind;

	private final Consumer<Options.Builder> target;

	private BusCredentials(String kind, Consumer<Options.Builder> target) {
		this.kind = kind;
		this.target = target;
	}

	/**
	 * No credentials.
	 * @return the credentials
	 */
	public static BusCredentials none() {
		return NONE;
	}

	/**
	 * A user and a password.
	 * @param user gives the user's name
	 * @param password gives the password
	 * @return the credentials
	 */
	public static BusCredentials userPassword(Supplier<String> user, Supplier<char[]> password) {
		return new BusCredentials("user and password",
				(options) -> options.userInfo(user.get().toCharArray(), password.get()));
	}

	/**
	 * A token.
	 * @param token gives the token
	 * @return the credentials
	 */
	public static BusCredentials token(Supplier<char[]> token) {
		return new BusCredentials("token", (options) -> options.tokenSupplier(token));
	}

	/**
	 * An NKey, an Ed25519 key that signs what the server sends as a challenge.
	 * @param seed gives the private seed, {@code SU…}
	 * @return the credentials
	 */
	public static BusCredentials nkey(Supplier<char[]> seed) {
		return new BusCredentials("nkey", (options) -> options.authHandler(new NKeyAuthHandler(seed)));
	}

	/**
	 * A credentials file with a user JWT and its NKey, as the NATS tools write it. Read
	 * for every connection that is made.
	 * @param file the file
	 * @return the credentials
	 */
	public static BusCredentials file(Path file) {
		return new BusCredentials("credentials file " + file, (options) -> {
			Assert.isTrue(Files.isReadable(file), () -> "The credentials file " + file + " cannot be read");
			options.authHandler(Nats.credentials(file.toString()));
		});
	}

	boolean isNone() {
		return this == NONE;
	}

	void applyTo(Options.Builder options) {
		this.target.accept(options);
	}

	/**
	 * Names the kind, never a secret.
	 */
	@Override
	public String toString() {
		return this.kind;
	}

}
