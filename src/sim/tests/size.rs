//! The worst case, and whether an order is too large.

use super::*;
use crate::num::OFF;
use crate::status::SizeCode;

const MOST: Ratio = Ratio(50 * BASIS_POINT);

fn said(size: u64, volume: u64, most: Ratio) -> (SizeCode, i64, i64) {
    let said = calm(SlippageModel::Realistic).size(size, volume, most).unwrap();
    assert_eq!((said.participation_max, said.estimate_max), (Ratio(5 * PERCENT), most));
    (SizeCode::from_raw(said.code).unwrap(), said.participation.0, said.estimate.0)
}

/// 1 bp + 0.05 × 1 % = 6 bp; no cap: at the whole volume 501 bp.
#[test]
fn the_worst_case_is_not_capped() {
    for model in PRICED {
        let config = SlippageConfig::new(model);
        for (millionths, tenths) in [(10_000, 60), (50_000, 260), (1_000_000, 5_010), (0, 10)] {
            let found = config.worst_case(millionths * 1_000, VOLUME);
            assert_eq!(found, Ok(Ratio(tenths * BASIS_POINT / 10)));
        }
    }
    let config = calm(SlippageModel::Realistic);
    assert_eq!(config.worst_case(1, 3), Ok(Ratio(100_000 + 16_666_667)));
    assert_eq!(config.worst_case(1, 0), Err(RangeError));
    assert_eq!(config.worst_case(u64::MAX, 1), Err(RangeError));
    let minus = SlippageConfig { impact: Ratio(-1), ..config };
    assert_eq!(minus.worst_case(1, 1), Err(RangeError));
    assert_eq!(minus.size(1, 1, MOST), Err(Status::Range));
}

#[test]
fn what_is_said_of_a_size() {
    assert_eq!(said(10_000_000, VOLUME, MOST), (SizeCode::Ok, PERCENT, 6 * BASIS_POINT));
    // 5 % passes, a unit more does not.
    assert_eq!(said(50_000_000, VOLUME, MOST), (SizeCode::Ok, 5 * PERCENT, 26 * BASIS_POINT));
    let beyond = (SizeCode::TooLarge, 5 * PERCENT + 1, 2_600_001);
    assert_eq!(said(50_000_001, VOLUME, MOST), beyond);
    // 26 bp pass 26 bp, and not a part less.
    let most = Ratio(26 * BASIS_POINT);
    assert_eq!(said(50_000_000, VOLUME, most).0, SizeCode::Ok);
    assert_eq!(said(50_000_000, VOLUME, Ratio(most.0 - 1)).0, SizeCode::SlippageTooHigh);
    assert_eq!(said(50_000_000, VOLUME, Ratio(OFF)).0, SizeCode::Ok);
    // Less than one part beyond: rounded up, so that it shows.
    assert_eq!(said(u64::MAX / 20 + 1, u64::MAX, MOST).0, SizeCode::TooLarge);
    assert_eq!(said(1, 0, MOST), (SizeCode::NoVolume, 0, 0));
    assert_eq!(said(u64::MAX, 1, MOST), (SizeCode::TooLarge, i64::MAX, i64::MAX));
}
