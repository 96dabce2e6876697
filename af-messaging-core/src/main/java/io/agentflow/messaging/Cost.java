package io.agentflow.messaging;

import java.math.BigDecimal;

import org.springframework.util.Assert;

/**
 * What the work behind a message has cost. Immutable; sums are exact, and only the wire
 * form rounds to the nearest double.
 *
 * @param tokens number of model tokens, from 0 to 2<sup>53</sup>−1, the largest integer
 * that a JSON number carries exactly (RFC 8785, section 3.2.2.3)
 * @param dollars US dollars, not negative; kept without trailing zeros, so that equal
 * amounts are equal records
 */
public record Cost(long tokens, BigDecimal dollars) {

	/**
	 * No tokens, no dollars.
	 */
	public static final Cost ZERO = new Cost(0, BigDecimal.ZERO);

	private static final long MAX_TOKENS = (1L << 53) - 1;

	/**
	 * Checks the bounds and brings the amount into its one form.
	 */
	public Cost {
		Assert.isTrue(tokens >= 0 && tokens <= MAX_TOKENS,
				() -> "Cost: tokens must be from 0 to 2^53-1, not " + tokens);
		Assert.notNull(dollars, "Cost: dollars must not be null");
		Assert.isTrue(dollars.signum() >= 0, "Cost: dollars must not be negative");
		Assert.isTrue(Double.isFinite(dollars.doubleValue()), "Cost: dollars must fit into a double");
		dollars = (dollars.signum() != 0) ? dollars.stripTrailingZeros() : BigDecimal.ZERO;
	}

	/**
	 * Creates a cost from a double, taken as its shortest decimal text ({@code 0.1} is
	 * one tenth).
	 * @param tokens number of tokens, 0 or more
	 * @param dollars US dollars, finite and not negative
	 * @return the cost
	 */
	public static Cost of(long tokens, double dollars) {
		Assert.isTrue(Double.isFinite(dollars), () -> "Cost: dollars must be finite, not " + dollars);
		return new Cost(tokens, BigDecimal.valueOf(dollars));
	}

	/**
	 * Adds another cost.
	 * @param other what to add
	 * @return the exact sum
	 * @throws IllegalArgumentException if the tokens would pass 2<sup>53</sup>−1
	 */
	public Cost plus(Cost other) {
		return new Cost(this.tokens + other.tokens, this.dollars.add(other.dollars));
	}

}
