// FHIR · SNOMED CT and LOINC codes that say something sensitive.
//
// Origin: codes that HL7 FHIR R4 4.0.1 value sets and examples (CC0), Synthea's sample data (Apache-2.0) and the ASU
// SHARES sensitivity rules (Apache-2.0) use for these subjects, and common diagnoses beside them. A test checks every
// check digit. Neither terminology's hierarchy is here, so a code that is not listed is not found.

extension SensitiveCodes {
    static let snomed: [String: Sensitivity] = [
        "406506008": .behaviouralHealth,  // Attention deficit hyperactivity disorder
        "408856003": .behaviouralHealth,  // Autistic disorder
        "110359009": .behaviouralHealth,  // Intellectual disability
        "1855002": .behaviouralHealth,  // Academic developmental disorder
        "52448006": .behaviouralHealth,  // Dementia
        "26929004": .behaviouralHealth,  // Alzheimer's disease
        "74732009": .psychiatry,  // Mental disorder
        "35489007": .psychiatry,  // Depressive disorder
        "370143000": .psychiatry,  // Major depressive disorder
        "36923009": .psychiatry,  // Major depression, single episode
        "66344007": .psychiatry,  // Major depression, recurrent
        "40379007": .psychiatry,  // Major depression, recurrent, mild
        "87512008": .psychiatry,  // Mild major depression
        "13746004": .psychiatry,  // Bipolar disorder
        "58214004": .psychiatry,  // Schizophrenia
        "64905009": .psychiatry,  // Paranoid schizophrenia
        "69322001": .psychiatry,  // Psychotic disorder
        "197480006": .psychiatry,  // Anxiety disorder
        "21897009": .psychiatry,  // Generalized anxiety disorder
        "371631005": .psychiatry,  // Panic disorder
        "47505003": .psychiatry,  // Posttraumatic stress disorder
        "191736004": .psychiatry,  // Obsessive-compulsive disorder
        "72366004": .psychiatry,  // Eating disorder
        "17226007": .psychiatry,  // Adjustment disorder
        "33449004": .psychiatry,  // Personality disorder
        "20010003": .psychiatry,  // Borderline personality disorder
        "7011001": .psychiatry,  // Hallucinations
        "6471006": .psychiatry,  // Suicidal thoughts
        "82313006": .psychiatry,  // Suicide attempt
        "225444004": .psychiatry,  // At risk for suicide
        "394687007": .psychiatry,  // Low suicide risk
        "112001000119100": .psychiatry,  // Positive screening for depression on PHQ-9
        "225337009": .psychiatry,  // Suicide risk assessment
        "171207006": .psychiatry,  // Depression screening
        "715252007": .psychiatry,  // Depression screening using PHQ-9
        "385892002": .psychiatry,  // Mental health screening
        "304822001": .psychiatry,  // Psychodynamic interpersonal therapy
        "405783006": .psychiatry,  // Psychological assessment
        "718347000": .psychiatry,  // Mental health care plan
        "736254008": .psychiatry,  // Psychiatry care plan
        "737434004": .psychiatry,  // Major depressive disorder clinical management plan
        "76168009": .psychiatry,  // Group psychotherapy
        "79094001": .psychiatry,  // Initial psychiatric interview
        "88848003": .psychiatry,  // Psychiatric follow-up
        "394587001": .psychiatry,  // Psychiatry
        "394588006": .psychiatry,  // Child and adolescent psychiatry
        "394913002": .psychiatry,  // Psychotherapy
        "408467006": .psychiatry,  // Adult mental illness
        "14866005": .psychiatry,  // Hospital outpatient mental health center
        "51563005": .psychiatry,  // Free-standing mental health center
        "62480006": .psychiatry,  // Psychiatric hospital
        "309898008": .psychiatry,  // Psychogeriatric day hospital
        "7200002": .substanceUse,  // Alcoholism
        "15167005": .substanceUse,  // Alcohol abuse
        "66590003": .substanceUse,  // Alcohol dependence
        "66214007": .substanceUse,  // Substance abuse
        "26416006": .substanceUse,  // Drug abuse
        "191816009": .substanceUse,  // Drug dependence
        "75544000": .substanceUse,  // Opioid dependence
        "5602001": .substanceUse,  // Opioid abuse
        "31956009": .substanceUse,  // Cocaine dependence
        "78267003": .substanceUse,  // Cocaine abuse
        "37344009": .substanceUse,  // Cannabis abuse
        "85005007": .substanceUse,  // Cannabis dependence
        "361055000": .substanceUse,  // Misuse of drugs
        "55680006": .substanceUse,  // Drug overdose
        "24165007": .substanceUse,  // Alcoholism counseling
        "413473000": .substanceUse,  // Counseling about alcohol consumption
        "266707007": .substanceUse,  // Drug addiction therapy
        "313071005": .substanceUse,  // Counseling for substance abuse
        "408935001": .substanceUse,  // Substance abuse prevention education
        "408936000": .substanceUse,  // Substance abuse prevention management
        "60112009": .substanceUse,  // Drug addiction counseling
        "20078004": .substanceUse,  // Substance abuse treatment center
        "86406008": .hiv,  // Human immunodeficiency virus infection
        "62479008": .hiv,  // AIDS
        "165816005": .hiv,  // HIV positive
        "111880001": .hiv,  // Acute HIV infection
        "91947003": .hiv,  // Asymptomatic HIV infection
        "31676001": .hiv,  // HIV antigen test
        "278977008": .hiv,  // HIV status
        "8098009": .sexuallyTransmitted,  // Sexually transmitted infectious disease
        "76272004": .sexuallyTransmitted,  // Syphilis
        "15628003": .sexuallyTransmitted,  // Gonorrhea
        "240589008": .sexuallyTransmitted,  // Chlamydia trachomatis infection
        "33839006": .sexuallyTransmitted,  // Genital herpes simplex
        "165829005": .sexuallyTransmitted,  // Gonorrhea infection test
        "269828009": .sexuallyTransmitted,  // Syphilis infection test
        "310861008": .sexuallyTransmitted,  // Chlamydia antigen test
        "25681007": .sexuallyTransmitted,  // Sexually transmitted disease health center
        "169553002": .reproductive,  // Insertion of subcutaneous contraceptive
        "301807007": .reproductive,  // Removal of subcutaneous contraceptive
        "755621000000101": .reproductive,  // Replacement of subcutaneous contraceptive
        "65200003": .reproductive,  // Insertion of intrauterine contraceptive device
        "46706006": .reproductive,  // Replacement of contraceptive intrauterine device
        "714812005": .reproductive,  // Induced termination of pregnancy
        "386394001": .reproductive,  // Pregnancy termination care
        "10383002": .reproductive,  // Counseling for termination of pregnancy
        "5880005": .reproductive,  // Physical exam following abortion
        "252160004": .reproductive,  // Standard pregnancy test
        "79586000": .reproductive,  // Tubal pregnancy
        "236931002": .reproductive,  // Methotrexate injection into tubal pregnancy
        "19169002": .reproductive,  // Miscarriage in first trimester
        "35999006": .reproductive,  // Blighted ovum
        "243077000": .reproductive,  // Recommendation to limit sexual activity
        "706893006": .violence,  // Victim of intimate partner abuse
        "248110007": .violence,  // Sexual assault
        "397940009": .violence,  // Victim of child abuse
        "394580004": .genetic,  // Clinical genetics
        "420208008": .genetic,  // Pediatric genetics
        "394804000": .genetic,  // Clinical cytogenetics and molecular genetics
        "417357006": .genetic,  // Sickling disorder due to hemoglobin S
        "58756001": .genetic,  // Huntington's chorea
        "190905008": .genetic,  // Cystic fibrosis
        "41040004": .genetic,  // Down syndrome
    ]

    static let loinc: [String: Sensitivity] = [
        "68663-4": .behaviouralHealth,  // Developmental-behavioral pediatrics Discharge summary
        "68665-9": .behaviouralHealth,  // Developmental-behavioral pediatrics History and physical note
        "68666-7": .behaviouralHealth,  // Developmental-behavioral pediatrics Note
        "68667-5": .behaviouralHealth,  // Developmental-behavioral pediatrics procedure note
        "68668-3": .behaviouralHealth,  // Developmental-behavioral pediatrics Progress note
        "68669-1": .behaviouralHealth,  // Developmental-behavioral pediatrics Transfer summary note
        "68670-9": .behaviouralHealth,  // Developmental-behavioral pediatrics Hospital Consult note
        "68671-7": .behaviouralHealth,  // Developmental-behavioral pediatrics Hospital Letter
        "3719-2": .psychiatry,  // Lithium, mass per volume of serum or plasma
        "10190-7": .psychiatry,  // Mental status
        "11497-5": .psychiatry,  // Psychology Initial assessment note at First encounter
        "11510-5": .psychiatry,  // Psychology Progress note
        "11518-8": .psychiatry,  // Psychology Records total Encounter
        "11527-9": .psychiatry,  // Psychiatry study
        "14334-7": .psychiatry,  // Lithium, moles per volume of serum or plasma
        "18594-2": .psychiatry,  // Psychiatric service attachment
        "18738-5": .psychiatry,  // Psychology Initial assessment note
        "28627-8": .psychiatry,  // Psychiatry Progress note
        "28628-6": .psychiatry,  // Psychiatry Note
        "28635-1": .psychiatry,  // Psychiatry Initial assessment note
        "34102-4": .psychiatry,  // Psychiatry Hospital Consult note
        "34785-6": .psychiatry,  // Mental health Consult note
        "34786-4": .psychiatry,  // Mental health Note
        "34787-2": .psychiatry,  // Mental health Group counseling note
        "34788-0": .psychiatry,  // Psychiatry Consult note
        "34790-6": .psychiatry,  // Psychiatry Group counseling note
        "34791-4": .psychiatry,  // Psychology Consult note
        "34792-2": .psychiatry,  // Psychology Note
        "34793-0": .psychiatry,  // Psychology Group counseling note
        "34864-9": .psychiatry,  // Mental health Counseling note
        "34865-6": .psychiatry,  // Psychiatry Counseling note
        "34866-4": .psychiatry,  // Psychology Counseling note
        "34904-3": .psychiatry,  // Mental health Progress note
        "38947-8": .psychiatry,  // VA Compensation and Pension (C and P) examination mental health eating disorders
        "38969-2": .psychiatry,  // VA Compensation and Pension (C and P) examination general mental disorders
        "44249-1": .psychiatry,  // PHQ-9 quick depression assessment panel
        "44261-6": .psychiatry,  // PHQ-9 total score
        "55757-9": .psychiatry,  // PHQ-2 panel
        "55758-7": .psychiatry,  // PHQ-2 total score
        "57143-0": .psychiatry,  // Mental health Referral note
        "57157-0": .psychiatry,  // Psychiatry Referral note
        "57158-8": .psychiatry,  // Psychology Referral note
        "59259-2": .psychiatry,  // Psychiatry Discharge summary
        "68599-0": .psychiatry,  // Psychiatry History and physical note
        "68601-4": .psychiatry,  // Psychiatry Outpatient Note
        "68641-0": .psychiatry,  // Child and adolescent psychiatry Diagnostic study note
        "68642-8": .psychiatry,  // Child and adolescent psychiatry Discharge summary
        "68644-4": .psychiatry,  // Child and adolescent psychiatry History and physical note
        "68645-1": .psychiatry,  // Child and adolescent psychiatry Note
        "68646-9": .psychiatry,  // Child and adolescent psychiatry Progress note
        "68647-7": .psychiatry,  // Child and adolescent psychiatry Transfer summary note
        "68648-5": .psychiatry,  // Child and adolescent psychiatry Hospital Consult note
        "68649-3": .psychiatry,  // Child and adolescent psychiatry Hospital Letter
        "69737-5": .psychiatry,  // GAD-7 panel
        "70274-6": .psychiatry,  // GAD-7 total score
        "72267-8": .psychiatry,  // Evaluation of mental and physical incapacity certificate Document
        "74187-6": .psychiatry,  // InterRAI Emergency Screener for Psychiatry (ESP) Document
        "74192-6": .psychiatry,  // InterRAI Community Health Assessment - Mental Health Supplement (CHA-MH) Document
        "75443-2": .psychiatry,  // Mental health Outpatient Note
        "84215-3": .psychiatry,  // Mental health Telehealth Note
        "5643-2": .substanceUse,  // Ethanol in serum or plasma
        "18823-5": .substanceUse,  // Alcohol and/or substance abuse service attachment
        "34857-3": .substanceUse,  // Evaluation and management of substance abuse note
        "72109-2": .substanceUse,  // AUDIT-C panel
        "74013-4": .substanceUse,  // Alcoholic drinks per day
        "75626-2": .substanceUse,  // AUDIT-C total score
        "82667-7": .substanceUse,  // DAST-10 total score
        "5221-7": .hiv,  // HIV 1 antibody by immunoblot
        "7917-8": .hiv,  // HIV 1 antibody
        "7918-6": .hiv,  // HIV 1 and 2 antibody
        "20447-9": .hiv,  // HIV 1 RNA copies by probe
        "24467-3": .hiv,  // CD3+CD4+ cells
        "25836-8": .hiv,  // HIV 1 RNA copies
        "29893-5": .hiv,  // HIV 1 antibody by immunoassay
        "31201-7": .hiv,  // HIV 1 and 2 antibody by immunoassay
        "38961-9": .hiv,  // VA Compensation and Pension (C and P) examination HIV-related illness
        "43010-8": .hiv,  // HIV 1 and 2 antibody
        "45260-7": .hiv,  // HIV ART medication
        "47245-6": .hiv,  // HIV treatment form Document
        "55277-8": .hiv,  // HIV status
        "56888-1": .hiv,  // HIV 1 and 2 antibody and HIV 1 p24 antigen
        "68961-2": .hiv,  // HIV 1 antibody, rapid
        "74264-3": .hiv,  // HIV summary registry report Document
        "75622-1": .hiv,  // HIV 1 and 2 tests panel
        "5292-8": .sexuallyTransmitted,  // Reagin antibody by VDRL
        "20507-0": .sexuallyTransmitted,  // Reagin antibody by RPR
        "22461-8": .sexuallyTransmitted,  // Reagin antibody
        "24111-7": .sexuallyTransmitted,  // Neisseria gonorrhoeae DNA
        "31147-2": .sexuallyTransmitted,  // Reagin antibody titre by RPR
        "43304-5": .sexuallyTransmitted,  // Chlamydia trachomatis rRNA
        "43305-2": .sexuallyTransmitted,  // Neisseria gonorrhoeae rRNA
        "2106-3": .reproductive,  // Choriogonadotropin in urine
        "2118-8": .reproductive,  // Choriogonadotropin in serum or plasma
        "52027-0": .reproductive,  // Abortion consent
        "57059-8": .reproductive,  // Pregnancy visit summary note
        "75410-1": .reproductive,  // Fertility status
        "76690-7": .reproductive,  // Sexual orientation
        "28245-9": .violence,  // Abuse status
        "51965-2": .genetic,  // Pharmacogenetic analysis report
        "51967-8": .genetic,  // Genetic disease assessed
        "51969-4": .genetic,  // Genetic analysis summary report
        "53037-8": .genetic,  // Genetic disease sequence variation interpretation
        "55228-1": .genetic,  // Cytogenetics study
        "55233-1": .genetic,  // Genetic analysis master panel
        "59041-4": .genetic,  // BRCA1+BRCA2 gene mutations tested for
        "68650-1": .genetic,  // Clinical biochemical genetics Note
        "68651-9": .genetic,  // Clinical biochemical genetics Hospital Consult note
        "68652-7": .genetic,  // Clinical genetics Diagnostic study note
        "68653-5": .genetic,  // Clinical genetics Discharge summary
        "68655-0": .genetic,  // Clinical genetics History and physical note
        "68656-8": .genetic,  // Clinical genetics Note
        "68657-6": .genetic,  // Clinical genetics Preoperative evaluation and management note
        "68658-4": .genetic,  // Clinical genetics procedure note
        "68659-2": .genetic,  // Clinical genetics Progress note
        "68660-0": .genetic,  // Clinical genetics Transfer summary note
        "68661-8": .genetic,  // Clinical genetics Hospital Consult note
        "68662-6": .genetic,  // Clinical genetics Hospital Letter
    ]
}
