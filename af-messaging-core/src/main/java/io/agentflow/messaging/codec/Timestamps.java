package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/**
 * The member {@code ts}: RFC 3339 with upper-case {@code T}, years 0000 to 9999, no leap
 * second, at most nine digits of fraction and no trailing zeros in it. Written in UTC as
 * {@code Z}; read also with another offset, because Go writes a local time with its own.
 */
final class Timestamps {

	private static final byte[] TEMPLATE = "0000-00-00T00:00:00.000000000Z".getBytes(StandardCharsets.ISO_8859_1);

	/** 0000-01-01T00:00:00Z. */
	private static final long FIRST_SECOND = -62_167_219_200L;

	/** 9999-12-31T23:59:59Z. */
	private static final long LAST_SECOND = 253_402_300_799L;

	private static final int SECONDS_END = 19;

	private static final int NANO_DIGITS = 9;

	private Timestamps() {
	}

	/**
	 * Writes a time that {@link #isWritable}. By hand, as {@link Instant#toString} goes
	 * through a formatter and takes as long as hashing the message.
	 */
	static String write(Instant time) {
		LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
		byte[] text = TEMPLATE.clone();
		digits(text, 0, 4, utc.getYear());
		digits(text, 5, 2, utc.getMonthValue());
		digits(text, 8, 2, utc.getDayOfMonth());
		digits(text, 11, 2, utc.getHour());
		digits(text, 14, 2, utc.getMinute());
		digits(text, 17, 2, utc.getSecond());
		int end = SECONDS_END;
		if (utc.getNano() != 0) {
			digits(text, SECONDS_END + 1, NANO_DIGITS, utc.getNano());
			end = SECONDS_END + 1 + NANO_DIGITS;
			while (text[end - 1] == '0') {
				end--;
			}
		}
		text[end] = 'Z';
		return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
	}

	private static void digits(byte[] text, int from, int count, int value) {
		int rest = value;
		for (int at = from + count - 1; at >= from; at--) {
			text[at] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
	}

	static boolean isWritable(Instant time) {
		return time.getEpochSecond() >= FIRST_SECOND && time.getEpochSecond() <= LAST_SECOND;
	}

	/**
	 * Reads a time.
	 * @param text the text
	 * @return the time, or {@code null} if the text is not in that format
	 */
	static @Nullable Instant read(String text) {
		int length = text.length();
		if (length <= SECONDS_END || text.charAt(10) != 'T' || text.charAt(4) != '-' || text.charAt(7) != '-'
				|| text.charAt(13) != ':' || text.charAt(16) != ':') {
			return null;
		}
		int year = digits(text, 0, 4);
		int month = digits(text, 5, 7);
		int day = digits(text, 8, 10);
		int hour = digits(text, 11, 13);
		int minute = digits(text, 14, 16);
		int second = digits(text, 17, SECONDS_END);
		if ((year | month | day | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
			return null;
		}
		int zoneAt = fractionEnd(text);
		long offset = (zoneAt > 0) ? offset(text, zoneAt) : Long.MIN_VALUE;
		if (offset == Long.MIN_VALUE) {
			return null;
		}
		try {
			long day0 = LocalDate.of(year, month, day).toEpochDay();
			return Instant.ofEpochSecond(day0 * 86_400 + hour * 3600L + minute * 60L + second - offset,
					nanos(text, zoneAt));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Finds the end of the fraction, or of the seconds where there is none; 0 if the
	 * fraction is not one.
	 */
	private static int fractionEnd(String text) {
		if (text.charAt(SECONDS_END) != '.') {
			return SECONDS_END;
		}
		int at = SECONDS_END + 1;
		while (at < text.length() && isDigit(text.charAt(at))) {
			at++;
		}
		int count = at - SECONDS_END - 1;
		return (count >= 1 && count <= NANO_DIGITS && text.charAt(at - 1) != '0' && at < text.length()) ? at : 0;
	}

	private static int nanos(String text, int zoneAt) {
		int nanos = 0;
		for (int i = 1; i <= NANO_DIGITS; i++) {
			int at = SECONDS_END + i;
			nanos = nanos * 10 + ((at < zoneAt) ? text.charAt(at) - '0' : 0);
		}
		return nanos;
	}

	/**
	 * Reads the offset in seconds; {@code Long.MIN_VALUE} if it is not one.
	 */
	private static long offset(String text, int at) {
		char sign = text.charAt(at);
		int length = text.length();
		if (sign == 'Z') {
			return (length == at + 1) ? 0 : Long.MIN_VALUE;
		}
		if ((sign != '+' && sign != '-') || length != at + 6 || text.charAt(at + 3) != ':') {
			return Long.MIN_VALUE;
		}
		int hours = digits(text, at + 1, at + 3);
		int minutes = digits(text, at + 4, at + 6);
		if ((hours | minutes) < 0 || hours > 23 || minutes > 59) {
			return Long.MIN_VALUE;
		}
		long seconds = hours * 3600L + minutes * 60L;
		return (sign == '-') ? -seconds : seconds;
	}

	/**
	 * Reads digits; negative if one is none.
	 */
	private static int digits(String text, int from, int to) {
		int value = 0;
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if (!isDigit(c)) {
				return -1;
			}
			value = value * 10 + (c - '0');
		}
		return value;
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

}
