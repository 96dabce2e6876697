package io.agentflow.messaging.codec;

import java.util.Arrays;
import java.util.Map;

/**
 * The two orders of member names. Both go by code, not by locale, and differ only where a
 * surrogate pair meets a character from U+E000 on.
 */
enum MemberOrder {

	/** By UTF-16 code units (RFC 8785, section 3.2.3). */
	UTF_16 {

		@Override
		int compare(String left, String right) {
			return left.compareTo(right);
		}

	},

	/** By UTF-8 bytes, which is the order of code points. */
	UTF_8 {

		@Override
		int compare(String left, String right) {
			int shared = Math.min(left.length(), right.length());
			for (int i = 0; i < shared; i++) {
				char a = left.charAt(i);
				char b = right.charAt(i);
				if (a != b) {
					return rank(a) - rank(b);
				}
			}
			return left.length() - right.length();
		}

	};

	/** Up to here, inserting one by one beats the general sort. */
	private static final int SMALL = 32;

	abstract int compare(String left, String right);

	/**
	 * Sorts members by their names.
	 */
	void sort(Map.Entry<String, ?>[] members) {
		if (members.length > SMALL) {
			Arrays.sort(members, (left, right) -> compare(left.getKey(), right.getKey()));
			return;
		}
		for (int i = 1; i < members.length; i++) {
			Map.Entry<String, ?> member = members[i];
			String name = member.getKey();
			int at = i;
			while (at > 0 && compare(members[at - 1].getKey(), name) > 0) {
				members[at] = members[at - 1];
				at--;
			}
			members[at] = member;
		}
	}

	/**
	 * Moves surrogates, which stand for code points from U+10000 on, behind U+FFFF.
	 */
	private static int rank(char unit) {
		return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
	}

}
