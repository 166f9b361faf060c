"""What stands before a full stop that ends no sentence, by language; the empty key is for all.

Written without the last full stop and in lower case.
"""

# Never the end: a name or a term follows.
BEFORE_NAME = {
    "": "dr prof vs cf st e.g i.e viz ca approx ibid op.cit",
    "en": "v ed eds mr mrs ms messrs mx hon rev fr sr jr gen col lt maj capt cmdr sgt cpl gov "
    "sen rep pres amb supt det mt ft esp incl resp est",
    "de": "fa kfm st prov dres hr hrn fr dipl ing mag hl z.b z.t u.a d.h bzw bzgl evtl ggf inkl "
    "exkl sog vgl str geb gest verh i.d.r i.a o.ä u.ä s.o s.u u.u z.zt zzgl abs art aufl hrsg jh "
    "jhd mio mrd tel dgl mind max min allg ehem einschl gem lt inh vors min.präs",
    "fr": "mlle ste sté ét boul m mm mme mmes mlles me mgr pr p.ex c.-à-d av bd env éd chap réf "
    "tél apr",
    "es": "ee ntra sr sra srta sres d dña dr dra drs lic ing arq gral cnel cap tte ud uds vd "
    "p.ej avda pza aprox admón dpto excmo ilmo",
    "it": "sta sac cav comm sig sigg sig.ra sigra sig.na dott dott.ssa prof.ssa avv ing arch rag "
    "geom on sen gen col cap mons p.es es ecc.mo ill.mo c.so p.za v.le spett",
    "pt": "sr sra srs sras srta dr dra d eng arq prof profa gen cel cap ten exmo exma ilmo p.ex "
    "av aprox tel dep",
    "ru": "ул просп пер наб бул пл корп кв им акад проф доц инж ген полк подполк кап лейт т.е "
    "т.к т.н т.о напр см ср прим пос дер с обл р-н оз о-в м-р г-н г-жа св тов гр стр англ нем "
    "франц лат греч рус род ум пом зам",
    "tr": "dr doç prof av sn sok cad mah apt bkz örn ör tel hz gen alb yrd müh ecz org üst tğm "
    "yzb bşk bul blv",
    "az": "dr dos prof akad cən müəl küç prosp məh bax məs şək cəd tel polk gen leyt kap müh",
    "nl": "dhr mevr mr mw ir ing drs prof dr d.w.z o.a o.m m.b.t t.a.v t.o.v i.v.m i.p.v bijv bv "
    "resp vgl zgn incl excl a.u.b jl wed",
    "pl": "inż mgr lek hab gen płk kpt por sierż ul al pl os św śp ks bp abp m.in np tzn tj tzw "
    "zob pow woj gm ob zm ur wg red nadzw",
    "cs": "p pí ing mgr judr mudr phdr doc prof gen plk kpt sv ul nám tř např tzv tj mj popř "
    "resp vč zejm",
    "uk": "вул просп пл бул бульв пров буд корп кв ім акад проф доц інж ген полк т.е т.зв напр "
    "див пор с обл р-н о пп п св гр англ нім лат укр нар пом зам м",
    "sv": "bl.a t.ex d.v.s dvs s.k fr.o.m t.o.m resp hr dr prof jfr m.a.o inkl exkl st",
    "da": "bl.a f.eks dvs s.k fhv hr fr dr prof jf inkl ekskl pga mht vedr skt",
    "no": "bl.a f.eks dvs s.k hr fr dr prof jf inkl ekskl pga mht vedr st",
    "fi": "esim mm ns ts ks vrt tri prof toim synt",
    "ro": "dl dna dra ing prof gen col cpt lt str bd nr sf pr ex d.ex cca",
    "hu": "dr ifj id özv pl ún ill kb vö ld szt gr",
    "el": "κ κα κ.κ κος δρ καθ αγ οδ λεωφ βλ π.χ δηλ λ.χ τηλ στρ συντ αντ υπ",
    "hi": "डॉ श्री प्रो पं सुश्री स्व",
    "ar": "د أ م",
}
# Not the end where a digit follows: `No. 5`, `Art. 14`, `Dec. 5`, `S. 12`.
BEFORE_NUMBER = {
    "": "no nos nr n p pp c ca al vol art arts fig figs sec ch chap para par cl eq ed app tab",
    "en": "jan feb mar apr jun jul aug sep sept oct nov dec pt rule reg res sect",
    "de": "jan feb apr jun jul aug sept okt nov dez s bd kap abb nrn rn ziff lit bl",
    "fr": "h chap fig réf janv févr avr juil sept oct nov déc n° t al coll",
    "es": "s núm núms pág págs ene abr ago dic cap inc",
    "it": "sett sec pag pagg gen feb apr giu lug ago set ott nov dic cap tav co",
    "pt": "séc cap núm pág págs jan fev abr ago set out nov dez inc al",
    "ru": "тел тыс млн млрд трлн руб коп стр кв д рис табл гл ст п пп ч т янв февр апр авг сент "
    "окт нояб дек вып изд",
    "tr": "md mad m s sf say c oca şub nis haz tem ağu eyl eki kas ara",
    "az": "maddə səh s c yan fev apr iyn iyl avq sen okt noy dek",
    "nl": "geb blz nr artt afb jan feb mrt apr jun jul aug sept okt nov dec hfst",
    "pl": "godz r s str poz pkt ust rys tab nr m kl stycz lut mar kwie sierp wrz paź list grudz "
    "tel",
    "cs": "č čj str odst obr tab kap tel hod roč",
    "uk": "рис табл гл ст д п т ч тел тис млн млрд грн коп стор с",
    "sv": "kl nr s kap tel ca st",
    "da": "kl nr s kap tlf ca stk",
    "no": "kl nr s kap tlf ca",
    "el": "σελ αρ αριθ άρθρ παρ κεφ εικ τηλ χιλ",
    "ro": "pag alin lit cap fig tel",
    "hu": "sz old tel",
}
# Inside a name or at the end of a sentence: the end only where a usual first word follows.
EITHER = {
    "": "inc ltd co corp bros plc llc u.s u.k u.n e.u a.m p.m b.c a.d ph.d m.d b.a m.a d.c s.a",
    "en": "jr sr esq dept univ ave blvd rd",
    "de": "e.v gmbh n.chr v.chr",
    "es": "ee.uu a.c d.c s.l",
    "it": "s.p.a s.r.l a.c d.c",
    "pt": "ltda a.c d.c",
    "ru": "г гг пр н.э р.х",
    "tr": "a.ş ltd.şti m.ö m.s",
    "az": "s e.ə b.e",
    "uk": "р рр н.е",
    "pl": "r w n.e p.n.e sp s.a",
    "nl": "b.v n.v v.chr n.chr",
    "cs": "s.r.o a.s n.l",
    "el": "α.ε μ.χ π.χ μ.μ π.μ",
}
# Which, after one of those, begin a new sentence.
FIRST_WORDS = {
    "en": "nobody nothing everyone everybody all any each every both another so then here now "
    "yes no not even still yet perhaps maybe once since before during over between such next "
    "later today yesterday tomorrow never why where which whose how our my him them us let do "
    "did does is are was were has have had can could will would should may might must also "
    "instead meanwhile nevertheless therefore thus although because until unless whether without "
    "despite according like two three four the a an in on at it he she they we this that these "
    "those but and however as after when if see his her its their there for from with by to one "
    "some many most you what who while",
    "de": "niemand nichts alle jeder jede man ihr mein meine unser unsere sein seine hier dort "
    "heute gestern morgen warum wer was wie wo während obwohl weil bis über unter zwischen ohne "
    "gegen durch um schon noch nur danach dennoch deshalb trotzdem beide viele einige vgl siehe "
    "der die das ein eine es er sie wir ich im in am an auf bei mit nach seit von vor zu für "
    "aber und doch dann dies diese dieser wenn als auch so nun damit dabei",
    "fr": "personne rien tous tout chaque notre nos leur leurs vous je tu nous ici là aujourd "
    "hier demain pourquoi qui que comment où quand pendant depuis sans sous sur entre avec car "
    "donc puis ensuite cependant elle voir le la les l un une il ils elles on ce cette ces cela "
    "mais et dans en à au aux pour par après selon si son sa ses",
    "es": "nadie nada todos todas cada nuestro mi yo tú él ella nosotros aquí allí hoy ayer "
    "mañana qué quién cómo dónde durante desde sin sobre entre también después entonces luego "
    "véase fue el la los las un una en al del por para pero y con según este esta estos estas "
    "ese esa lo se su sus no si cuando tras",
    "it": "nessuno niente tutti ogni nostro io noi qui oggi ieri domani perché chi che come dove "
    "quando durante senza su tra fra anche poi allora però è era il lo la i gli le un una in al "
    "nel nella ma e con per secondo questo questa questi se si suo sua dopo",
    "pt": "ninguém nada todos cada nosso eu nós aqui hoje ontem amanhã porque quem que como onde "
    "quando durante desde sem sobre entre também depois então foi o a os as um uma em no na nos "
    "nas mas e com por para segundo este esta esse essa ele ela se seu sua após",
    "ru": "никто ничто ничего все всё каждый наш мой ты вы здесь тут сегодня вчера завтра почему "
    "кто что где когда потом затем поэтому во со об о у за над под между без через уже ещё даже "
    "лишь только этого том тогда был была было были в на по он она оно они мы я это эти этот эта "
    "но и а с к из от до для как при после если однако также его её их там так",
    "tr": "kimse her hiç neden kim ne nasıl nerede bugün dün yarın şimdi sonra önce bu şu o bir "
    "ve ama ancak fakat bunun bunlar onlar biz ben için ayrıca daha böylece",
    "az": "bu o bir və amma ancaq lakin onlar biz mən bunun həmçinin daha sonra belə",
    "uk": "в у на по він вона воно вони ми я це ці цей ця але і та а з із до від для як при "
    "після якщо коли проте також його її їх все там так ніхто потім тут чому хто що де",
    "pl": "w we na po on ona ono oni my ja to te ten ta ale i a z ze do od dla jak przy jeśli "
    "kiedy gdy jednak także jego jej ich wszystko tam tak nikt nic potem tu dlaczego kto co "
    "gdzie był była było byli",
    "nl": "de het een hij zij ze wij we ik in op aan bij met na van voor te en maar toch dan dit "
    "deze die dat als ook zo nu daar er niemand niets waarom wie wat hoe waar sinds",
    "el": "ο η το οι τα ένας μια ένα αυτός αυτή αυτό και αλλά όμως στο στη στον στην για με από "
    "κανείς γιατί ποιος τι πού πώς όταν αν",
}
# Where `5. Oktober` and `19. yüzyıl` are written with a full stop.
ORDINAL_LANGUAGES = "az cs da de et fi fo hr hu is lb lv nb nn no pl sk sl sr tr und"
