package io.agentflow.messaging;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CostTests {

	@Test
	void addsExactly() {
		Cost sum = Cost.ZERO;
		for (int i = 0; i < 10; i++) {
			sum = sum.plus(Cost.of(3, 0.1));
		}
		assertThat(sum).isEqualTo(new Cost(30, BigDecimal.ONE));
	}

	@Test
	void equalAmountsAreEqual() {
		assertThat(new Cost(1, new BigDecimal("1.50"))).isEqualTo(Cost.of(1, 1.5));
		assertThat(new Cost(0, new BigDecimal("0.00"))).isEqualTo(Cost.ZERO);
	}

	@Test
	void refusesWhatCannotBeSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> Cost.of(-1, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Cost.of(1L << 53, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Cost.of(0, -0.01));
		assertThatIllegalArgumentException().isThrownBy(() -> Cost.of(0, Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> new Cost(0, new BigDecimal("1E+400")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Cost((1L << 53) - 1, BigDecimal.ZERO).plus(Cost.of(1, 0)));
	}

}
