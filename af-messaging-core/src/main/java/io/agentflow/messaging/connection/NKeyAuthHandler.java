package io.agentflow.messaging.connection;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;

/**
 * Signs the server's challenge with a seed that is asked for anew each time.
 */
final class NKeyAuthHandler implements AuthHandler {

	private final Supplier<char[]> seed;

	NKeyAuthHandler(Supplier<char[]> seed) {
		this.seed = seed;
	}

	@Override
	public byte[] sign(byte[] nonce) {
		return withKey((key) -> key.sign(nonce));
	}

	@Override
	public char[] getID() {
		return withKey(NKey::getPublicKey);
	}

	@Override
	@SuppressWarnings("NullAway") // jnats takes null for "no JWT" but does not say so
	public char @Nullable [] getJWT() {
		return null;
	}

	private <T> T withKey(KeyUse<T> use) {
		NKey key = NKey.fromSeed(this.seed.get());
		try {
			return use.apply(key);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("The NKey seed cannot be used", ex);
		}
		finally {
			key.clear();
		}
	}

	private interface KeyUse<T> {

		T apply(NKey key) throws GeneralSecurityException, IOException;

	}

}
