package io.agentflow.messaging.sample;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.ExchangeProcess;
import io.agentflow.messaging.sample.harness.RawExchange;

/**
 * The backbone or jnats alone as a process that is measured on demand, beside those of
 * others.
 */
public final class ContestantProcess {

	private ContestantProcess() {
	}

	/**
	 * Serves runs until standard input ends.
	 * @param args {@code ours} or {@code raw}, and the server's URL
	 * @throws Exception if the server cannot be used
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		System.setProperty("af.bus.url", args[1]);
		try (BackboneExchanges exchanges = new BackboneExchanges()) {
			Exchange exchange = args[0].equals("raw") ? RawExchange.open(args[1]) : exchanges.ours(false);
			ExchangeProcess.serve(exchange, System.in, out);
		}
		System.exit(0);
	}

}
