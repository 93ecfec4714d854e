"""Words to make names of, by language. Every brand, company and person made of them is invented."""

from typing import NamedTuple


class Brand(NamedTuple):
    """An invented brand and how it is written in the scripts of the region."""

    latin: str
    spellings: dict[str, str]


BRANDS = (
    Brand("SOLVANTA", {"th": "โซลวันตา", "ko": "솔반타", "km": "សុលវ៉ាន់តា",
        "lo": "ໂຊລວັນຕາ", "my": "ဆိုလ်ဗန်တာ", "zh": "索万达"}),
    Brand("KIRALUX", {"th": "คีราลักซ์", "ko": "키라룩스", "km": "គីរ៉ាឡាក់",
        "lo": "ຄີຣາລັກ", "my": "ကီရာလပ်", "zh": "奇拉乐"}),
    Brand("MEKORA", {"th": "เมโกรา", "ko": "메코라", "km": "មេកូរ៉ា",
        "lo": "ເມໂກຣາ", "my": "မီကိုရာ", "zh": "美可乐"}),
    Brand("TANOVI", {"th": "ทาโนวี", "ko": "타노비", "km": "តាណូវី",
        "lo": "ທາໂນວີ", "my": "တာနိုဗီ", "zh": "塔诺维"}),
    Brand("BRILLEN", {"th": "บริลเลน", "ko": "브릴렌", "km": "ប្រ៊ីលលិន",
        "lo": "ບຣິລເລນ", "my": "ဘရီလန်", "zh": "百立伦"}),
    Brand("NARUVA", {"th": "นารูวา", "ko": "나루바", "km": "ណារូវ៉ា",
        "lo": "ນາຣູວາ", "my": "နာရူဗာ", "zh": "娜如娃"}),
    Brand("PALINGO", {"th": "ปาลิงโก", "ko": "팔링고", "km": "ប៉ាលីងហ្គោ",
        "lo": "ປາລິງໂກ", "my": "ပါလင်ဂို", "zh": "帕灵高"}),
    Brand("ZENTORI", {"th": "เซนโทริ", "ko": "젠토리", "km": "ហ្សេនតូរី",
        "lo": "ເຊັນໂທຣິ", "my": "ဇန်တိုရီ", "zh": "泽托利"}),
    Brand("OMBRELLA", {"th": "ออมเบรลลา", "ko": "옴브렐라", "km": "អុំប្រេឡា",
        "lo": "ອອມເບຣລາ", "my": "အွန်ဘရဲလာ", "zh": "欧贝拉"}),
    Brand("LUMIKA", {"th": "ลูมิกา", "ko": "루미카", "km": "លូមីកា",
        "lo": "ລູມິກາ", "my": "လူမီကာ", "zh": "露米卡"}),
    Brand("VERDANO", {"th": "เวอร์ดาโน", "ko": "베르다노", "km": "វ៉ឺដាណូ",
        "lo": "ເວີດາໂນ", "my": "ဗာဒါနို", "zh": "维达诺"}),
    Brand("HARIMAX", {"th": "ฮาริแม็กซ์", "ko": "하리맥스", "km": "ហារីម៉ាក់",
        "lo": "ຮາຣິແມັກ", "my": "ဟာရီမက်", "zh": "哈利马"}),
)  # fmt: skip

# Parts of coined names: first parts and endings, joined without a space where the script is written without.
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        (
            "Bran", "Cal", "Dor", "Fen", "Gal", "Hol", "Jun", "Kel", "Lor", "Mar", "Nor",
            "Pel", "Quin", "Ras", "Sol", "Tam", "Ul", "Vor", "Wel", "Zan",
        ),
        (
            "ado", "beck", "cora", "dine", "ella", "fix", "goma", "ium", "joy", "kin", "lite",
            "mora", "nova", "oza", "pira", "rix", "sana", "tec", "vita", "zo",
        ),
    ),
    "th": (
        (
            "แสง", "ดาว", "ทอง", "ไทย", "ศรี", "มณี", "บัว", "นที", "ชัย", "รุ่ง", "ฟ้า",
            "สวน", "เพชร", "จันทร์", "สุข",
        ),
        (
            "อรุณ", "เจริญ", "วัฒนา", "พาณิชย์", "รัตน์", "สยาม", "เรือง", "งาม", "ชล",
            "ทิพย์", "มงคล", "ไพศาล", "วารี", "นคร", "ลดา",
        ),
    ),
    "ko": (
        (
            "새벽", "하늘", "바다", "은하", "솔빛", "가람", "나래", "다온", "라온", "마루",
            "보람", "서리", "아라", "초록", "한결",
        ),
        (
            "마을", "상회", "푸드", "테크", "바이오", "누리", "샘", "터", "빛", "꿈", "솜",
            "벗", "힐", "존", "아이",
        ),
    ),
    "vi": (
        (
            "Hoa", "Sông", "Núi", "Ánh", "Thiên", "Minh", "Phúc", "Đại", "Kim", "Ngọc", "Bình",
            "Trường", "Hải", "Lộc", "Xuân",
        ),
        (
            " Sen", " Hồng", " Xanh", " Dương", " Việt", " Long", " Phát", " An", " Thịnh",
            " Lâm", " Hà", " Vũ", " Khang", " Tâm", " Quang",
        ),
    ),
    "id": (
        (
            "Cahaya", "Bintang", "Rasa", "Bumi", "Tirta", "Sari", "Surya", "Mega", "Puspa",
            "Karya", "Nusa", "Kencana", "Lestari", "Maju", "Jaya",
        ),
        (
            " Abadi", " Indah", " Murni", " Utama", " Sejati", " Makmur", " Timur", " Raya",
            " Baru", " Segar", " Mandiri", " Prima", " Asri", " Damai", " Gemilang",
        ),
    ),
    "ms": (
        (
            "Seri", "Mutiara", "Warisan", "Dapur", "Angsana", "Kenanga", "Selera", "Bayu",
            "Permata", "Gemilang", "Harum", "Kasih", "Pesona", "Rimba", "Teratai",
        ),
        (
            " Kampung", " Emas", " Jaya", " Murni", " Indah", " Setia", " Timur", " Maju",
            " Bistari", " Wangi", " Baru", " Raya", " Desa", " Lestari", " Sentosa",
        ),
    ),
    "km": (
        (
            "មាស", "ផ្កា", "ទន្លេ", "អង្គរ", "ខ្មែរ", "ពេជ្រ", "សុខ", "ភ្នំ", "ដំរី", "ច័ន្ទ",
            "ព្រះអាទិត្យ", "សំណាង",
        ),
        (
            "មង្គល", "ថ្មី", "ធំ", "ស្រស់", "រុងរឿង", "ល្អ", "មាន", "ជ័យ", "បៃតង", "ភាព",
            "ហេង", "សាន្ត",
        ),
    ),
    "lo": (
        (
            "ດາວ", "ທອງ", "ຈຳປາ", "ລ້ານຊ້າງ", "ນ້ຳ", "ພູ", "ແສງ", "ສີ", "ມະນີ", "ເມືອງ", "ບົວ",
            "ໄຊ",
        ),
        (
            "ຈະເລີນ", "ສະຫວັນ", "ໃໝ່", "ຄຳ", "ງາມ", "ວິໄລ", "ສຸກ", "ຫວານ", "ຂຽວ", "ມົງຄຸນ",
            "ລາດ", "ສົມບູນ",
        ),
    ),
    "my": (
        (
            "ရွှေ", "စိန်", "မြန်မာ", "ပန်း", "ကြယ်", "လ", "နေ", "ရေ", "တောင်", "မိုး", "သစ်",
            "ကံ",
        ),
        (
            "အောင်", "သစ်", "လင်း", "ကောင်း", "စိမ်း", "မြိုင်", "ဖြူ", "နီ", "ဝါ", "သာ",
            "ချို", "ပွင့်",
        ),
    ),
    "zh": (
        (
            "金", "天", "龙", "美", "华", "新", "福", "东", "海", "安", "乐", "明", "星", "宝",
        ),
        (
            "源堂", "香园", "味斋", "泰行", "和记", "康宁", "达丰", "隆昌", "雅居", "盛世",
            "云海", "茗轩", "力士", "佳品",
        ),
    ),
    "tl": (
        (
            "Bituin", "Araw", "Dagat", "Bayani", "Likha", "Hiraya", "Sinag", "Tala", "Kape",
            "Luntian", "Bagong", "Gintong",
        ),
        (
            " ng Silangan", " Sariwa", " Masarap", " Pinoy", " Tunay", " Ligaya", " Bukid",
            " Alon", " Puso", " Umaga", " Ginto", " Lasa",
        ),
    ),
}  # fmt: skip

SURNAMES = (
    "Adler", "Barros", "Chai", "Dang", "Estrella", "Fadil", "Gunawan", "Hakim", "Imelda",
    "Jaya", "Keo", "Lim", "Mendoza", "Nguyen", "Ong", "Park", "Quek", "Rahman", "Somchai",
    "Tan", "Uy", "Vang", "Wijaya", "Yusof", "Zin",
)  # fmt: skip
GIVEN = (
    "Anong", "Budi", "Chanthy", "Dara", "Eun-ji", "Farah", "Grace", "Hung", "Indah", "Jose",
    "Kham", "Linh", "Malee", "Nadia", "Oudom", "Phuong", "Rizal", "Soo-min", "Thida", "Wei",
    "Yani", "Zaw",
)  # fmt: skip
CITIES = {
    "SG": "Singapore", "TH": "Bangkok", "KR": "Seoul", "ID": "Jakarta", "MY": "Kuala Lumpur",
    "VN": "Ha Noi", "PH": "Quezon City", "KH": "Phnom Penh", "LA": "Vientiane", "MM": "Yangon",
    "BN": "Bandar Seri Begawan", "JP": "Osaka", "US": "Portland", "DE": "Kassel",
}  # fmt: skip
# How a company of the country is written: with its usual legal form.
COMPANY_FORMS = {
    "SG": "{} Pte. Ltd.", "TH": "{} Co., Ltd.", "KR": "{} Co., Ltd.", "ID": "PT {}",
    "MY": "{} Sdn. Bhd.", "VN": "{} Company Limited", "PH": "{} Corporation",
    "KH": "{} Co., Ltd.", "LA": "{} Sole Co., Ltd.", "MM": "{} Company Limited",
    "BN": "{} (B) Sdn Bhd", "JP": "{} Kabushiki Kaisha", "US": "{} Inc.", "DE": "{} GmbH",
}  # fmt: skip
LOCAL_COMPANY_FORMS = {
    "TH": "บริษัท {} จำกัด", "KR": "주식회사 {}", "VN": "Công ty TNHH {}",
    "LA": "ບໍລິສັດ {} ຈຳກັດ", "KH": "ក្រុមហ៊ុន {}",
}  # fmt: skip

GOODS: dict[int, dict[str, str]] = {
    3: {
        "en": "Soaps; perfumery; cosmetics.",
        "id": "Sabun; wewangian; kosmetik.",
        "th": "สบู่ เครื่องสำอาง",
        "vi": "Xà phòng; nước hoa; mỹ phẩm.",
        "ko": "비누, 화장품",
    },
    5: {
        "en": "Dietary supplements; herbal medicines.",
        "id": "Suplemen makanan; obat herbal.",
        "th": "อาหารเสริม ยาสมุนไพร",
        "vi": "Thực phẩm chức năng.",
        "ko": "건강기능식품",
    },
    9: {
        "en": "Downloadable software; batteries; chargers.",
        "id": "Perangkat lunak; baterai.",
        "th": "ซอฟต์แวร์ แบตเตอรี่",
        "vi": "Phần mềm; pin.",
        "ko": "소프트웨어, 배터리",
    },
    16: {
        "en": "Printed matter; stationery.",
        "id": "Barang cetakan; alat tulis.",
        "th": "สิ่งพิมพ์ เครื่องเขียน",
        "vi": "Ấn phẩm; văn phòng phẩm.",
        "ko": "인쇄물, 문방구",
    },
    25: {
        "en": "Clothing; footwear; headgear.",
        "id": "Pakaian; alas kaki.",
        "th": "เสื้อผ้า รองเท้า",
        "vi": "Quần áo; giày dép.",
        "ko": "의류, 신발",
    },
    29: {
        "en": "Preserved fish; dried fruit; milk.",
        "id": "Ikan olahan; susu.",
        "th": "ปลากระป๋อง นม",
        "vi": "Cá đóng hộp; sữa.",
        "ko": "가공수산물, 우유",
    },
    30: {
        "en": "Coffee; tea; rice; noodles; sauces.",
        "id": "Kopi; teh; mi; saus.",
        "th": "กาแฟ ชา ข้าว ก๋วยเตี๋ยว",
        "vi": "Cà phê; trà; gạo; mì.",
        "ko": "커피, 차, 국수",
    },
    32: {
        "en": "Beers; mineral water; fruit juices.",
        "id": "Air mineral; jus buah.",
        "th": "น้ำแร่ น้ำผลไม้",
        "vi": "Nước khoáng; nước trái cây.",
        "ko": "생수, 과일주스",
    },
    35: {
        "en": "Retail services; advertising.",
        "id": "Jasa toko ritel; periklanan.",
        "th": "บริการขายปลีก การโฆษณา",
        "vi": "Dịch vụ bán lẻ; quảng cáo.",
        "ko": "소매업, 광고업",
    },
    41: {
        "en": "Education; entertainment.",
        "id": "Pendidikan; hiburan.",
        "th": "การศึกษา ความบันเทิง",
        "vi": "Giáo dục; giải trí.",
        "ko": "교육업",
    },
    42: {
        "en": "Software as a service; design of computer systems.",
        "id": "Perangkat lunak sebagai layanan.",
        "th": "บริการซอฟต์แวร์",
        "vi": "Dịch vụ phần mềm.",
        "ko": "소프트웨어 개발업",
    },
    43: {
        "en": "Restaurant services; temporary accommodation.",
        "id": "Restoran; akomodasi sementara.",
        "th": "บริการร้านอาหาร ที่พัก",
        "vi": "Nhà hàng; chỗ ở tạm thời.",
        "ko": "식당업, 숙박업",
    },
}
# An invention: IPC symbol, and how it is put in English and the local languages.
INVENTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "H01M 10/05",
        {
            "en": "Battery cell with a layered separator",
            "ko": "적층 분리막을 갖는 배터리 셀",
            "th": "เซลล์แบตเตอรี่ที่มีแผ่นกั้นหลายชั้น",
        },
    ),
    (
        "A23L 33/10",
        {
            "en": "Food composition for lowering blood sugar",
            "ko": "혈당 강하용 식품 조성물",
            "th": "องค์ประกอบอาหารสำหรับลดน้ำตาลในเลือด",
        },
    ),
    (
        "A61K 36/00",
        {
            "en": "Herbal extract and a method of preparing it",
            "ko": "생약 추출물 및 그 제조방법",
            "th": "สารสกัดสมุนไพรและกรรมวิธีการเตรียม",
        },
    ),
    (
        "G06F 16/00",
        {
            "en": "Method for searching names across scripts",
            "ko": "문자 체계를 넘는 명칭 검색 방법",
            "th": "วิธีการค้นหาชื่อข้ามอักษร",
        },
    ),
    (
        "B65D 81/00",
        {
            "en": "Container that keeps cooked rice fresh",
            "ko": "밥을 신선하게 보관하는 용기",
            "th": "ภาชนะเก็บข้าวสุกให้สดใหม่",
        },
    ),
    (
        "C02F 1/44",
        {
            "en": "Water purifier with a ceramic membrane",
            "ko": "세라믹 막을 갖는 정수기",
            "th": "เครื่องกรองน้ำที่มีเมมเบรนเซรามิก",
        },
    ),
    (
        "F03D 9/00",
        {
            "en": "Wind turbine for low wind speeds",
            "ko": "저풍속용 풍력 터빈",
            "th": "กังหันลมสำหรับความเร็วลมต่ำ",
        },
    ),
    (
        "A01G 9/00",
        {
            "en": "Planting tray with controlled drainage",
            "ko": "배수 조절형 육묘 트레이",
            "th": "ถาดเพาะปลูกที่ควบคุมการระบายน้ำ",
        },
    ),
    (
        "B60L 53/00",
        {
            "en": "Charging station for motorcycles",
            "ko": "이륜차용 충전 스테이션",
            "th": "สถานีชาร์จสำหรับรถจักรยานยนต์",
        },
    ),
    (
        "E04B 1/00",
        {
            "en": "Prefabricated wall panel of bamboo",
            "ko": "대나무 조립식 벽체 패널",
            "th": "แผ่นผนังสำเร็จรูปจากไม้ไผ่",
        },
    ),
)
# A product of a design: Locarno subclass, English, Korean, Thai, Indonesian, Vietnamese.
PRODUCTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("06-01", {"en": "Chair", "ko": "의자", "th": "เก้าอี้", "id": "Kursi", "vi": "Ghế"}),
    ("09-01", {"en": "Bottle", "ko": "병", "th": "ขวด", "id": "Botol", "vi": "Chai"}),
    (
        "09-03",
        {
            "en": "Packaging box",
            "ko": "포장용 상자",
            "th": "กล่องบรรจุภัณฑ์",
            "id": "Kotak kemasan",
            "vi": "Hộp đóng gói",
        },
    ),
    (
        "12-11",
        {"en": "Motorcycle", "ko": "오토바이", "th": "รถจักรยานยนต์", "id": "Sepeda motor", "vi": "Xe máy"},
    ),
    (
        "14-03",
        {
            "en": "Mobile phone",
            "ko": "휴대폰",
            "th": "โทรศัพท์เคลื่อนที่",
            "id": "Telepon genggam",
            "vi": "Điện thoại di động",
        },
    ),
    ("26-05", {"en": "Lamp", "ko": "램프", "th": "โคมไฟ", "id": "Lampu", "vi": "Đèn"}),
    ("02-04", {"en": "Sandal", "ko": "샌들", "th": "รองเท้าแตะ", "id": "Sandal", "vi": "Dép"}),
    ("07-01", {"en": "Tea cup", "ko": "찻잔", "th": "ถ้วยชา", "id": "Cangkir teh", "vi": "Tách trà"}),
)
# A product of a geographical indication, with the kind of place it is said to come from.
INDICATIONS = (
    "Coffee",
    "Rice",
    "Pepper",
    "Fish Sauce",
    "Silk",
    "Mango",
    "Tea",
    "Salt",
    "Durian",
    "Honey",
    "Pottery",
    "Cinnamon",
)
