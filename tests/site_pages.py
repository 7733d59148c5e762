"""A page of each kind that the sample site has, for tests that look at every kind."""

PAGES = {
    "home": "/",
    "models": "/mo-hinh/",
    "field": "/linh-vuc/kinh-te/",
    "oldest page": "/mo-hinh/trang/1/",
    "model": "/mo-hinh/van-hoa-xa-hoi/thap-sang-duong-que-dien-luc-gia-lai/",
    "news": "/tin-tuc/",
    "article": "/tin-tuc/2021/vung-tau-moi-don-vi-mot-mo-hinh-dan-van-kheo-2021/",
    "documents": "/van-ban/",
    "document": "/van-ban/25-nq-tw-trung-uong-2013/",
    "units": "/don-vi/",
    "unit": "/don-vi/tinh-bac-giang/",
    "awards": "/khen-thuong/",
    "figures": "/thong-ke/",
    "contact": "/lien-he/",
    "search": "/tim-kiem/",
    "about": "/gioi-thieu/",
    "open data": "/du-lieu/",
    "fields": "/linh-vuc/",
    "years": "/nam/",
    "year": "/nam/2021/",
    "news of a year": "/tin-tuc/2021/",
    "category": "/tin-tuc/hoat-dong/",
    "topic": "/chu-de/bien-phong/",
    "award": "/khen-thuong/bang-khen/",
}
MISSING = "/404.html"
EVERYWHERE = {**PAGES, "missing": MISSING}
