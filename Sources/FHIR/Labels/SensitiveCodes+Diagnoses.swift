// FHIR · ICD codes that say something sensitive, by prefix.
//
// Origin: chapters and categories of ICD-10 (WHO, and its national modifications), ICD-10-PCS and ICD-9-CM. The
// substance use prefixes cover the code list of 42 CFR part 2 in CMS's Beneficiary FHIR Data server (CC0), and a test
// checks that they do; they are wider where the list names single codes of a category. Tobacco is not here.

extension SensitiveCodes {
    /// Prefixes of ICD-10 codes without their point. `A-B` stands for every category from A to B.
    static let icd10Prefixes: [String: [Sensitivity]] = prefixes([
        // Organic, intellectual, developmental; dementia in HIV disease is also below.
        (.behaviouralHealth, "F00-F09 F70-F89 G30 Z81"),
        // Psychotic, mood, anxiety, personality and childhood disorders; self-harm and suicidal thoughts.
        (.psychiatry, "F20-F69 F90-F99 R4585 T1491 X60-X84 Z915 Z914 Z046 Z133"),
        // Alcohol and drugs: use, its consequences, treatment, findings, poisoning.
        (
            .substanceUse,
            """
            F10-F16 F18-F19 F55 E244 G312 G621 G721 I426 K292 K70 K852 K860 O9931 O9932 P044 P961 R780-R785 T401 T405
            T407 T408 T409 T51 X45 X65 Y15 Y90-Y91 Z502 Z503 Z714 Z715 Z721 Z722 Z811-Z814
            """
        ),
        (.hiv, "B20-B24 B9735 F024 O987 R75 Z114 Z206 Z21 Z717"),
        (.sexuallyTransmitted, "A50-A64 O981-O983 Z113 Z202 Z224 N341"),
        // Contraception, fertility, termination and loss of pregnancy, sexual function and identity.
        (.reproductive, "F52 F64-F66 N46 N52 N97 O00-O08 Z30-Z32 Z332 Z640 Z725 Z87890"),
        (.violence, "O9A3-O9A5 T74 T76 X85-X99 Y00-Y09 Z044 Z045 Z047 Z616 Z6281 Z630 Z69 Z9141 N9081"),
        (.genetic, "D57 E84 G10 Q90-Q99 Z137 Z14 Z15 Z3143 Z3144 Z315"),
    ])

    /// Prefixes of ICD-10-PCS: mental health (G), substance abuse treatment (H).
    static let icd10ProcedurePrefixes: [String: [Sensitivity]] = prefixes([
        (.psychiatry, "GZ"), (.substanceUse, "HZ"),
    ])

    /// Prefixes of ICD-9-CM diagnoses without their point.
    static let icd9Prefixes: [String: [Sensitivity]] = prefixes([
        (.behaviouralHealth, "290 293 294 310 315-319"),
        (.psychiatry, "295-302 306-309 311-314 E950-E959 V6284"),
        (.substanceUse, "291 292 303 304 =305 3050 3052-3059 7903 V6542"),
        (.hiv, "042 07953 79571 V08"),
        (.sexuallyTransmitted, "090-099"),
        (.reproductive, "302 606 628 630-639 V25 V26"),
        (.violence, "9955 9958 E960-E969"),
        (.genetic, "2826 2770 3334 758"),
    ])

    /// Prefixes of ICD-9-CM procedures: alcohol and drug rehabilitation, other psychiatric procedures.
    static let icd9ProcedurePrefixes: [String: [Sensitivity]] = prefixes([
        (.psychiatry, "940-944"), (.substanceUse, "9445 9446 9453 9454 946"),
    ])
}
