import type { Texts } from "#lib/text.ts";

/** What demonstration records are made of. Synthetic: none of it was promised by anybody. */

const t = (en: string, vi: string, lo: string): Texts => ({ en, vi, lo });

export const actions: readonly Texts[] = [
  t("Build", "Xây dựng", "ກໍ່ສ້າງ"),
  t("Upgrade", "Nâng cấp", "ຍົກລະດັບ"),
  t("Complete", "Hoàn thành", "ສຳເລັດ"),
  t("Support", "Hỗ trợ", "ສະໜັບສະໜູນ"),
  t("Survey", "Khảo sát", "ສຳຫຼວດ"),
  t("Finance", "Cấp vốn cho", "ສະໜອງທຶນໃຫ້"),
  t("Pilot", "Thí điểm", "ທົດລອງ"),
  t("Extend", "Mở rộng", "ຂະຫຍາຍ"),
  t("Review", "Rà soát", "ທົບທວນ"),
  t("Hand over", "Bàn giao", "ມອບຮັບ"),
  t("Maintain", "Bảo trì", "ບຳລຸງຮັກສາ"),
  t("Design", "Thiết kế", "ອອກແບບ"),
];

export const things: readonly Texts[] = [
  t("a district hospital", "bệnh viện huyện", "ໂຮງໝໍເມືອງ"),
  t("a vocational school", "trường dạy nghề", "ໂຮງຮຽນວິຊາຊີບ"),
  t("a border market", "chợ biên giới", "ຕະຫຼາດຊາຍແດນ"),
  t("an irrigation scheme", "công trình thủy lợi", "ລະບົບຊົນລະປະທານ"),
  t("a rural road", "đường nông thôn", "ທາງຊົນນະບົດ"),
  t("a power line", "đường dây điện", "ສາຍສົ່ງໄຟຟ້າ"),
  t("a customs post", "trạm hải quan", "ດ່ານພາສີ"),
  t("a training course", "khóa đào tạo", "ຫຼັກສູດຝຶກອົບຮົມ"),
  t("a scholarship programme", "chương trình học bổng", "ໂຄງການທຶນການສຶກສາ"),
  t("a seed laboratory", "phòng thí nghiệm giống", "ຫ້ອງທົດລອງແນວພັນ"),
  t("a data exchange", "hệ thống trao đổi dữ liệu", "ລະບົບແລກປ່ຽນຂໍ້ມູນ"),
  t("a cultural festival", "lễ hội văn hóa", "ບຸນວັດທະນະທຳ"),
  t("a water supply", "hệ thống cấp nước", "ລະບົບນ້ຳປະປາ"),
  t("a payment link", "kết nối thanh toán", "ການເຊື່ອມຕໍ່ການຊຳລະເງິນ"),
  t("a forest patrol", "đội tuần tra rừng", "ໜ່ວຍລາດຕະເວນປ່າໄມ້"),
  t("a library of legal texts", "thư viện văn bản pháp luật", "ຫໍສະໝຸດເອກະສານກົດໝາຍ"),
];

export const where: readonly Texts[] = [
  t("in the northern districts", "ở các huyện phía bắc", "ຢູ່ບັນດາເມືອງພາກເໜືອ"),
  t("in the southern districts", "ở các huyện phía nam", "ຢູ່ບັນດາເມືອງພາກໃຕ້"),
  t("along the shared border", "dọc biên giới chung", "ຕາມແລວຊາຍແດນ"),
  t("for three villages", "cho ba bản", "ໃຫ້ສາມບ້ານ"),
  t("with the partner ministry", "cùng bộ đối tác", "ຮ່ວມກັບກະຊວງຄູ່ຮ່ວມ"),
  t("for young officials", "cho cán bộ trẻ", "ໃຫ້ພະນັກງານໜຸ່ມ"),
  t("in two provinces", "tại hai tỉnh", "ຢູ່ສອງແຂວງ"),
  t("near the river port", "gần cảng sông", "ໃກ້ທ່າເຮືອແມ່ນ້ຳ"),
];

export const remarks: readonly Texts[] = [
  t("The two sides share the cost in equal parts.", "Hai bên chia đều chi phí.", "ສອງຝ່າຍແບ່ງຄ່າໃຊ້ຈ່າຍເທົ່າກັນ."),
  t("A joint team reports every six months.", "Tổ công tác chung báo cáo sáu tháng một lần.", "ຄະນະຮ່ວມລາຍງານທຸກຫົກເດືອນ."),
  t(
    "The counterpart names the site and clears the land.",
    "Bên đối tác chọn địa điểm và giải phóng mặt bằng.",
    "ຝ່າຍຄູ່ຮ່ວມກຳນົດສະຖານທີ່ ແລະ ບຸກເບີກພື້ນທີ່.",
  ),
  t("Experts are sent for the first two years.", "Chuyên gia được cử sang trong hai năm đầu.", "ສົ່ງຊ່ຽວຊານໄປໃນສອງປີທຳອິດ."),
  t(
    "Results are looked at in the yearly session.",
    "Kết quả được xem xét tại kỳ họp hằng năm.",
    "ຜົນໄດ້ຮັບຈະຖືກພິຈາລະນາໃນກອງປະຊຸມປະຈຳປີ.",
  ),
  t("Equipment is delivered before the rainy season.", "Thiết bị được giao trước mùa mưa.", "ອຸປະກອນຈະຖືກມອບກ່ອນລະດູຝົນ."),
];

export const news: readonly string[] = [
  "Work has started on site.",
  "Đã ký hợp đồng với nhà thầu.",
  "ໄດ້ສຳເລັດການສຳຫຼວດແລ້ວ.",
  "Waiting for the partner's answer to the note of last month.",
  "Kinh phí đợt hai đã được giải ngân.",
  "ກຳລັງປະສານງານກັບແຂວງ.",
];

export const givenNames = [
  "Minh",
  "Lan",
  "Hương",
  "Tuấn",
  "Thảo",
  "Khamla",
  "Bounmy",
  "Somchit",
  "Vilay",
  "Noy",
  "Dũng",
  "Hạnh",
  "Phonesavanh",
  "Sengdao",
  "Quang",
  "Mai",
];
export const familyNames = [
  "Nguyễn",
  "Trần",
  "Lê",
  "Phạm",
  "Vongsa",
  "Inthavong",
  "Phommachanh",
  "Hoàng",
  "Sisouphanh",
  "Đặng",
];
