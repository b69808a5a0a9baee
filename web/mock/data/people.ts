import type { Party, Unit } from "../../src/api/types";

/** A made-up agency; every name is invented. */
export const today = "2026-11-20";

const unit = (id: number, parent: number | null, kind: string, kind_label: string, name: string, short_name: string, abbreviation: string, is_agency = false): Unit => ({ id, parent, kind, kind_label, name, short_name, abbreviation, is_agency, valid_from: "2020-01-01", valid_to: null, sort: id });

export const units: Unit[] = [
  unit(1, null, "ministry", "Bộ", "Bộ Hạ tầng và Đô thị", "Bộ HTĐT", "BHTĐT", true),
  unit(2, 1, "office", "Văn phòng", "Văn phòng Bộ", "Văn phòng", "VP"),
  unit(3, 2, "section", "Phòng", "Phòng Tổng hợp", "Phòng Tổng hợp", "TH"),
  unit(4, 2, "section", "Phòng", "Phòng Hành chính", "Phòng Hành chính", "HC"),
  unit(5, 1, "department", "Vụ", "Vụ Pháp chế", "Vụ Pháp chế", "PC"),
  unit(6, 1, "department", "Vụ", "Vụ Tổ chức cán bộ", "Vụ TCCB", "TCCB"),
  unit(7, 1, "department", "Vụ", "Vụ Kế hoạch - Tài chính", "Vụ KHTC", "KHTC"),
  unit(8, 1, "bureau", "Cục", "Cục Quản lý công trình", "Cục QLCT", "QLCT", true),
  unit(9, 8, "section", "Phòng", "Phòng Kỹ thuật", "Phòng Kỹ thuật", "KT"),
  unit(10, 8, "section", "Phòng", "Phòng Thanh tra chuyên ngành", "Phòng Thanh tra", "TTr"),
  unit(11, 1, "centre", "Trung tâm", "Trung tâm Công nghệ thông tin", "TT CNTT", "CNTT", true),
  { ...unit(12, 1, "department", "Vụ", "Vụ Cải cách hành chính", "Vụ CCHC", "CCHC"), valid_to: "2025-03-01" },
];

interface PostRow {
  id: number;
  unit: number;
  title: string;
  roles: string[];
  holder: number | null;
}

export const people = [
  [1, "Nguyễn Thị Minh Hạnh", "Chuyên viên chính"],
  [2, "Trần Quốc Bình", "Chánh Văn phòng"],
  [3, "Lê Hoàng Nam", "Thứ trưởng"],
  [4, "Phạm Thu Trang", "Văn thư"],
  [5, "Đỗ Đức Anh", "Chuyên viên"],
  [6, "Vũ Thị Lan", "Vụ trưởng"],
  [7, "Hoàng Văn Sơn", "Cục trưởng"],
  [8, "Bùi Thanh Tùng", "Chuyên viên"],
  [9, "Ngô Phương Thảo", "Chuyên viên"],
  [10, "Đặng Xuân Trường", "Giám đốc"],
  [11, "Phan Ngọc Ánh", "Quản trị viên"],
  [12, "Lý Gia Hưng", "Trưởng phòng"],
].map(([id, full_name, rank]) => ({ id: id as number, full_name: full_name as string, rank: rank as string }));

export const posts: PostRow[] = [
  { id: 101, unit: 1, title: "Thứ trưởng phụ trách xây dựng", roles: ["leader"], holder: 3 },
  { id: 102, unit: 2, title: "Chánh Văn phòng", roles: ["chief_of_office"], holder: 2 },
  { id: 103, unit: 3, title: "Trưởng phòng Tổng hợp", roles: ["head", "handler"], holder: 12 },
  { id: 104, unit: 3, title: "Chuyên viên Phòng Tổng hợp", roles: ["handler"], holder: 1 },
  { id: 105, unit: 4, title: "Văn thư cơ quan", roles: ["clerk"], holder: 4 },
  { id: 106, unit: 5, title: "Vụ trưởng Vụ Pháp chế", roles: ["head", "legal"], holder: 6 },
  { id: 107, unit: 5, title: "Chuyên viên Vụ Pháp chế", roles: ["handler"], holder: 5 },
  { id: 108, unit: 8, title: "Cục trưởng Cục Quản lý công trình", roles: ["leader"], holder: 7 },
  { id: 109, unit: 9, title: "Chuyên viên Phòng Kỹ thuật", roles: ["handler"], holder: 8 },
  { id: 110, unit: 7, title: "Chuyên viên Vụ Kế hoạch - Tài chính", roles: ["handler"], holder: 9 },
  { id: 111, unit: 11, title: "Giám đốc Trung tâm Công nghệ thông tin", roles: ["leader"], holder: 10 },
  { id: 112, unit: 2, title: "Quản trị hệ thống", roles: ["administrator"], holder: 11 },
];

export const agencies: Party[] = [
  "Văn phòng Chính phủ", "Bộ Tài chính", "Bộ Nội vụ", "Bộ Tư pháp", "Bộ Công an", "Bộ Khoa học và Công nghệ", "Kiểm toán nhà nước", "Ủy ban nhân dân tỉnh Nghệ An",
  "Ủy ban nhân dân tỉnh Lâm Đồng", "Ủy ban nhân dân thành phố Hải Phòng", "Sở Xây dựng tỉnh Khánh Hòa", "Thanh tra Chính phủ", "Tổng công ty Đường thủy", "Hội Quy hoạch phát triển đô thị",
].map((label, index) => ({ kind: "unit", id: 500 + index, label, detail: "Cơ quan ngoài" }));

export const unitName = (id: number) => units.find((unit) => unit.id === id)?.name ?? agencies.find((agency) => agency.id === id)?.label ?? "";
export const personName = (id: number | null) => people.find((person) => person.id === id)?.full_name ?? "";

export function partyOfPost(id: number): Party {
  const post = posts.find((each) => each.id === id)!;
  return { kind: "post", id, label: post.title, detail: `${personName(post.holder)}, ${unitName(post.unit)}` };
}

export function directory(): Party[] {
  return [
    ...posts.map((post) => partyOfPost(post.id)),
    ...units.filter((unit) => !unit.valid_to).map((unit): Party => ({ kind: "unit", id: unit.id, label: unit.name, detail: unit.kind_label })),
    ...people.map((person): Party => {
      const post = posts.find((each) => each.holder === person.id);
      return { kind: "person", id: person.id, label: person.full_name, detail: post ? `${post.title}, ${unitName(post.unit)}` : "" };
    }),
    ...agencies,
  ];
}
