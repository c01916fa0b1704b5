// FHIR · medicines and services that say something sensitive: RxNorm, ATC and HCPCS.
//
// Origin: RxNorm products for the treatment of opioid use from the ASU SHARES sensitivity rules (asushares/cds,
// Apache-2.0), the ingredients of other medicines from RxNorm; groups of WHO ATC; HCPCS services of 42 CFR part 2 from
// CMS's Beneficiary FHIR Data server (CC0). Opioids given against pain are not here. RxNorm products other than those
// listed are not found by their ingredient. CPT is not here: its codes are the American Medical Association's.

extension SensitiveCodes {
    static let rxNorm: [String: Sensitivity] = table([
        // Sertraline, fluoxetine, citalopram, escitalopram, paroxetine, venlafaxine, duloxetine, bupropion,
        // mirtazapine, amitriptyline, trazodone, lithium, quetiapine, olanzapine, risperidone, aripiprazole, clozapine,
        // haloperidol, ziprasidone.
        (
            .psychiatry,
            """
            36437 4493 2556 321988 32937 39786 72625 42347 15996 704 10737 6448 51272 61381 35636 89013 2626 5093
            115698
            """
        ),
        // Naltrexone, disulfiram, acamprosate.
        (
            .substanceUse,
            """
            7243 3554 82819
            """
        ),
        // Buprenorphine, all products listed.
        (
            .substanceUse,
            """
            1819 1431077 1542391 1594651 1716058 1797651 1996185 203840 2599847 352990 904871 352364 203841 1010603
            1010606 1307058 1307063 1431083 1431104 1432971 1542396 1542999 1544853 1544856 1594655 1597570 1597575
            1666385 1716063 1716067 1716071 1716075 1716079 1716083 1716090 1797655 1864414 1996189 1996193 205533
            2599851 904874 904878 904882 1010601 1010605 1307057 1307062 1431078 1431103 1432970 1542392 1542998
            1544852 1544855 1594652 1597569 1597574 1666384 1716059 1716066 1716070 1716074 1716078 1716082 1716087
            1797652 1864413 1996186 2599848 566435 904872 904877 904881 1431079 1542393 1594653 1716060 1729360
            1797653 1806214 1996187 2269595 2599850 1168053 1168687 1180238 1296477 1297024 1431080 1431081 1431082
            1542394 1542395 1594654 1716061 1716062 1797654 1996188 2269596 2599849 1010600 1010604 1307056 1307061
            1431076 1431102 1432969 1542390 1542997 1544851 1544854 1594650 1597568 1597573 1655032 1666338 1716057
            1716065 1716069 1716073 1716077 1716081 1716086 1797650 1864412 1996184 1996192 238129 246474 250426
            2599846 351264 351265 351266 351267 904870 904876 904880 1307054 1307059 1431074 1431099 1432968 1542386
            1542518 1542996 1544849 1594649 1597566 1597571 1666336 1716054 1716064 1716068 1716072 1716076 1716080
            1716084 1797647 1864410 1996182 2599844 330801 332698 333623 353390 353391 904869 904875 904879 1542389
            1655031 1716056 1729358 1797649 1806212 1996183 2269593 2599845 371161 378762 379112 1151359 1151360
            1151361 1151362 1151363 1151364 1294831 1295116 1295269 1542388 1716055 1797648 2269592
            """
        ),
        // Methadone, all products listed.
        (
            .substanceUse,
            """
            6813 152751 202370 670009 218337 1990745 864708 864712 864720 864737 864980 991149 1804028 1869551
            1990741 864707 864711 864719 864736 1869552 1990742 363965 368846 368847 1174574 1174575 1185658 1185659
            1185660 1990743 1990744 864706 864714 864718 864761 864769 864826 864978 864984 991147 1869548 864705
            864713 864717 864760 864768 864825 864983 1869549 372806 372807 372808 1161619 1161620 1161621 1161622
            """
        ),
        // Methadyl acetate, all products listed.
        (
            .substanceUse,
            """
            6814
            """
        ),
        // Levomethadyl, all products listed.
        (
            .substanceUse,
            """
            237005 82043 311297 329902 375857 1163471 1163472
            """
        ),
        // Levomethadone, all products listed.
        (
            .substanceUse,
            """
            236913 236914
            """
        ),
        // Heroin, all products listed.
        (
            .substanceUse,
            """
            3304 81994 250473 333004 371779 1160338 1160889 1160890
            """
        ),
        // Lamivudine, zidovudine, efavirenz, emtricitabine, abacavir, raltegravir, dolutegravir, nevirapine, ritonavir,
        // lopinavir, atazanavir, darunavir, rilpivirine, etravirine, maraviroc.
        (
            .hiv,
            """
            68244 11413 195085 276237 190521 719872 1433868 53654 85762 195088 343047 460132 1102270 475969 620216
            """
        ),
    ])

    /// Prefixes of WHO ATC codes.
    static let atcPrefixes: [String: [Sensitivity]] = prefixes([
        // Antipsychotics and lithium, antidepressants.
        (.psychiatry, "N05A N06A"),
        // Alcohol and opioid dependence.
        (.substanceUse, "N07BB N07BC"),
        // Protease, reverse transcriptase and integrase inhibitors, combinations.
        (.hiv, "J05AE J05AF J05AG J05AJ J05AR"),
        // Contraceptives, ovulation stimulants, progesterone receptor modulators, erectile dysfunction.
        (.reproductive, "G02B G03A G03G G03XB G04BE"),
    ])

    static let hcpcs: [String: Sensitivity] = table([
        (
            .substanceUse,
            """
            G0137 G0532 G0533 G0534 G0535 G0536 G1028 G2011 G2067 G2068 G2069 G2070 G2071 G2072 G2073 G2074 G2075
            G2076 G2077 G2078 G2079 G2080 G2086 G2087 G2088 G2172 G2215 G2216 G9562 G9578 G9584 G9621 H0005 H0006
            H0007 H0008 H0009 H0010 H0011 H0012 H0013 H0014 H0015 H0020 H0034 H0047 H0050 H2035 H2036 J0570 M1034
            M1035 Q9991 Q9992 S9475 T1006 T1007 T1008 T1009 T1010 T1011 T1012
            """
        )
    ])
}
