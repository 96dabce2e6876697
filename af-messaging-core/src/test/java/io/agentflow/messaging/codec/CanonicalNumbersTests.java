package io.agentflow.messaging.codec;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;

import org.erdtman.jcs.NumberToJSON;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Number text against RFC 8785's tables, the published checksums of its author's number
 * test, and another implementation.
 */
class CanonicalNumbersTests {

	/**
	 * RFC 8785, appendix B.
	 */
	@ParameterizedTest
	@CsvSource({ "0000000000000000, 0", "8000000000000000, 0", "0000000000000001, 5e-324", "8000000000000001, -5e-324",
			"7fefffffffffffff, 1.7976931348623157e+308", "ffefffffffffffff, -1.7976931348623157e+308",
			"4340000000000000, 9007199254740992", "c340000000000000, -9007199254740992",
			"4430000000000000, 295147905179352830000", "44b52d02c7e14af5, 9.999999999999997e+22",
			"44b52d02c7e14af6, 1e+23", "44b52d02c7e14af7, 1.0000000000000001e+23",
			"444b1ae4d6e2ef4e, 999999999999999700000", "444b1ae4d6e2ef4f, 999999999999999900000",
			"444b1ae4d6e2ef50, 1e+21", "3eb0c6f7a0b5ed8c, 9.999999999999997e-7", "3eb0c6f7a0b5ed8d, 0.000001",
			"41b3de4355555553, 333333333.3333332", "41b3de4355555554, 333333333.33333325",
			"41b3de4355555555, 333333333.3333333", "41b3de4355555556, 333333333.3333334",
			"41b3de4355555557, 333333333.33333343", "becbf647612f3696, -0.0000033333333333333333",
			"43143ff3c1cb0959, 1424953923781206.2" })
	void writesTheTableOfTheRfc(String bits, String expected) {
		assertThat(CanonicalNumbers.text(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "1000, be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
			"10000, b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
			"100000, 22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7",
			"1000000, 49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16" })
	void writesThePublishedSequence(int lines, String checksum) throws Exception {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		Sequence sequence = new Sequence();
		for (int i = 0; i < lines; i++) {
			double value = sequence.next();
			digest.update(
					(Long.toHexString(Double.doubleToRawLongBits(value)) + "," + CanonicalNumbers.text(value) + "\n")
						.getBytes(StandardCharsets.US_ASCII));
		}
		assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(checksum);
	}

	/**
	 * By definition, as the other implementation is wrong about some of them (it writes
	 * 1e-320 with a hundred leading zeros): as few digits as read back, and of those the
	 * nearest to the exact value.
	 */
	@Test
	void writesTheSmallestSubnormalsWithTheFewestDigits() {
		for (long bits = 1; bits <= 20_000; bits++) {
			double value = Double.longBitsToDouble(bits);
			BigDecimal exact = new BigDecimal(value);
			BigDecimal shortest = exact;
			for (int digits = 17; digits >= 1; digits--) {
				BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
				shortest = (rounded.doubleValue() == value) ? rounded : shortest;
			}
			String unscaled = shortest.stripTrailingZeros().unscaledValue().toString();
			int exponent = shortest.precision() - shortest.scale() - 1;
			assertThat(CanonicalNumbers.text(value)).isEqualTo(
					unscaled.charAt(0) + ((unscaled.length() > 1) ? "." + unscaled.substring(1) : "") + "e" + exponent);
		}
	}

	@Test
	void agreesWithAnotherImplementationOnRandomNumbers() throws IOException {
		SplittableRandom random = new SplittableRandom(20_261_122);
		for (int i = 0; i < 200_000; i++) {
			double bits = Double.longBitsToDouble(random.nextLong());
			double decimal = random.nextLong(1_000_000_000) / Math.pow(10, random.nextInt(12));
			for (double value : new double[] { bits, decimal }) {
				if (Double.isFinite(value)) {
					assertThat(CanonicalNumbers.text(value)).isEqualTo(NumberToJSON.serializeNumber(value));
				}
			}
		}
	}

	@Test
	void readsBackAsTheSameNumber() {
		SplittableRandom random = new SplittableRandom(7);
		for (int i = 0; i < 200_000; i++) {
			double value = Double.longBitsToDouble(random.nextLong());
			if (Double.isFinite(value)) {
				assertThat(Double.parseDouble(CanonicalNumbers.text(value))).isEqualTo(value);
			}
		}
	}

	/**
	 * The sequence of the number test of cyberphone/json-canonicalization: fixed values,
	 * 2000 bit patterns upward from the smallest normal number, then what a chain of
	 * SHA-256 gives, read as little-endian doubles.
	 */
	private static final class Sequence {

		private static final int SERIAL = 2000;

		private static final long SMALLEST_NORMAL = 0x0010000000000000L;

		private final String[] fixed;

		private byte[] block = new byte[32];

		private ByteBuffer left = ByteBuffer.allocate(0);

		private int index;

		Sequence() throws IOException {
			try (InputStream data = getClass().getResourceAsStream("/vectors/es6-numbers.txt")) {
				this.fixed = new String(data.readAllBytes(), StandardCharsets.US_ASCII).trim().split("\\s+");
			}
		}

		double next() throws Exception {
			int at = this.index++;
			if (at < this.fixed.length) {
				return Double.longBitsToDouble(Long.parseUnsignedLong(this.fixed[at], 16));
			}
			if (at < this.fixed.length + SERIAL) {
				return Double.longBitsToDouble(SMALLEST_NORMAL + at - this.fixed.length);
			}
			double value = 0;
			while (value == 0 || !Double.isFinite(value)) {
				if (!this.left.hasRemaining()) {
					this.block = MessageDigest.getInstance("SHA-256").digest(this.block);
					this.left = ByteBuffer.wrap(this.block).order(ByteOrder.LITTLE_ENDIAN);
				}
				value = this.left.getDouble();
			}
			return value;
		}

	}

}
