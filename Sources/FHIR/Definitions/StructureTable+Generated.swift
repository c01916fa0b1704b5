// Generated from hl7.fhir.r4.core 4.0.1 (HL7 FHIR R4, CC0-1.0) by scripts/generate-structures.py. Do not edit.

/// The structure of FHIR R4 as text, which ``Definitions`` reads once.
enum StructureTable {
    /// Types with their elements, lists of codes, and the patient compartment.
    static let text = #"""
        %base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string
         time unsignedInt uri url uuid xhtml
        &base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string
         time unsignedInt uri url uuid Address Age Annotation Attachment CodeableConcept Coding ContactPoint Count
         Distance Duration HumanName Identifier Money Period Quantity Range Ratio Reference SampledData Signature
         Timing ContactDetail Contributor DataRequirement Expression ParameterDefinition RelatedArtifact
         TriggerDefinition UsageContext Dosage Meta
        $FHIR-version 0.0.80 0.0.81 0.0.82 0.01 0.05 0.06 0.11 0.4.0 0.5.0 1.0.0 1.0.1 1.0.2 1.1.0 1.4.0 1.6.0 1.8.0
         3.0.0 3.0.1 3.3.0 3.5.0 4.0.0 4.0.1
        $account-status active entered-in-error inactive on-hold unknown
        $action-cardinality-behavior multiple single
        $action-condition-kind applicability start stop
        $action-grouping-behavior logical-group sentence-group visual-group
        $action-participant-type device patient practitioner related-person
        $action-precheck-behavior no yes
        $action-relationship-type after after-end after-start before before-end before-start concurrent
         concurrent-with-end concurrent-with-start
        $action-required-behavior could must must-unless-documented
        $action-selection-behavior all all-or-none any at-most-one exactly-one one-or-more
        $address-type both physical postal
        $address-use billing home old temp work
        $administrative-gender female male other unknown
        $adverse-event-actuality actual potential
        $adverse-event-outcome! http://terminology.hl7.org/CodeSystem/adverse-event-outcome fatal ongoing recovering
         resolved resolvedWithSequelae unknown
        $adverse-event-severity! http://terminology.hl7.org/CodeSystem/adverse-event-severity mild moderate severe
        $all-types Account ActivityDefinition Address AdverseEvent Age AllergyIntolerance Annotation Any Appointment
         AppointmentResponse Attachment AuditEvent BackboneElement Basic Binary BiologicallyDerivedProduct
         BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem ChargeItemDefinition Claim
         ClaimResponse ClinicalImpression CodeSystem CodeableConcept Coding Communication CommunicationRequest
         CompartmentDefinition Composition ConceptMap Condition Consent ContactDetail ContactPoint Contract
         Contributor Count Coverage CoverageEligibilityRequest CoverageEligibilityResponse DataRequirement
         DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport Distance
         DocumentManifest DocumentReference DomainResource Dosage Duration EffectEvidenceSynthesis Element
         ElementDefinition Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition
         Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit Expression Extension FamilyMemberHistory Flag
         Goal GraphDefinition Group GuidanceResponse HealthcareService HumanName Identifier ImagingStudy Immunization
         ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage
         List Location MarketingStatus Measure MeasureReport Media Medication MedicationAdministration
         MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct
         MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductIndication
         MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged
         MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition MessageHeader Meta
         MolecularSequence Money MoneyQuantity NamingSystem Narrative NutritionOrder Observation ObservationDefinition
         OperationDefinition OperationOutcome Organization OrganizationAffiliation ParameterDefinition Parameters
         Patient PaymentNotice PaymentReconciliation Period Person PlanDefinition Population Practitioner
         PractitionerRole Procedure ProdCharacteristic ProductShelfLife Provenance Quantity Questionnaire
         QuestionnaireResponse Range Ratio Reference RelatedArtifact RelatedPerson RequestGroup ResearchDefinition
         ResearchElementDefinition ResearchStudy ResearchSubject Resource RiskAssessment RiskEvidenceSynthesis
         SampledData Schedule SearchParameter ServiceRequest Signature SimpleQuantity Slot Specimen SpecimenDefinition
         StructureDefinition StructureMap Subscription Substance SubstanceAmount SubstanceNucleicAcid SubstancePolymer
         SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery
         SupplyRequest Task TerminologyCapabilities TestReport TestScript Timing TriggerDefinition Type UsageContext
         ValueSet VerificationResult VisionPrescription base64Binary boolean canonical code date dateTime decimal id
         instant integer markdown oid positiveInt string time unsignedInt uri url uuid xhtml
        $allergy-intolerance-category biologic environment food medication
        $allergy-intolerance-criticality high low unable-to-assess
        $allergy-intolerance-type allergy intolerance
        $allergyintolerance-clinical! http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical active
         inactive resolved
        $allergyintolerance-verification! http://terminology.hl7.org/CodeSystem/allergyintolerance-verification
         confirmed entered-in-error refuted unconfirmed
        $appointmentstatus arrived booked cancelled checked-in entered-in-error fulfilled noshow pending proposed
         waitlist
        $assert-direction-codes request response
        $assert-operator-codes contains empty equals eval greaterThan in lessThan notContains notEmpty notEquals notIn
        $assert-response-code-types bad conflict created forbidden gone methodNotAllowed noContent notFound
         notModified okay preconditionFailed unprocessable
        $audit-event-action C D E R U
        $audit-event-outcome 0 12 4 8
        $binding-strength example extensible preferred required
        $bundle-type batch batch-response collection document history message searchset transaction
         transaction-response
        $capability-statement-kind capability instance requirements
        $care-plan-activity-kind Appointment CommunicationRequest DeviceRequest MedicationRequest NutritionOrder
         ServiceRequest Task VisionPrescription
        $care-plan-activity-status cancelled completed entered-in-error in-progress not-started on-hold scheduled
         stopped unknown
        $care-plan-intent option order plan proposal
        $care-team-status active entered-in-error inactive proposed suspended
        $chargeitem-status aborted billable billed entered-in-error not-billable planned unknown
        $claim-use claim preauthorization predetermination
        $clinicalimpression-status completed entered-in-error in-progress
        $code-search-support all explicit
        $codesystem-content-mode complete example fragment not-present supplement
        $codesystem-hierarchy-meaning classified-with grouped-by is-a part-of
        $compartment-type Device Encounter Patient Practitioner RelatedPerson
        $composition-attestation-mode legal official personal professional
        $composition-status amended entered-in-error final preliminary
        $concept-map-equivalence disjoint equal equivalent inexact narrower relatedto specializes subsumes unmatched
         wider
        $concept-property-type Coding boolean code dateTime decimal integer string
        $conceptmap-unmapped-mode fixed other-map provided
        $condition-clinical! http://terminology.hl7.org/CodeSystem/condition-clinical active inactive recurrence
         relapse remission resolved
        $condition-ver-status! http://terminology.hl7.org/CodeSystem/condition-ver-status confirmed differential
         entered-in-error provisional refuted unconfirmed
        $conditional-delete-status multiple not-supported single
        $conditional-read-status full-support modified-since not-match not-supported
        $consent-data-meaning authoredby dependents instance related
        $consent-provision-type deny permit
        $consent-state-codes active draft entered-in-error inactive proposed rejected
        $constraint-severity error warning
        $contact-point-system email fax other pager phone sms url
        $contact-point-use home mobile old temp work
        $contract-publicationstatus amended appended cancelled disputed entered-in-error executable executed
         negotiable offered policy rejected renewed resolved revoked terminated
        $contract-status amended appended cancelled disputed entered-in-error executable executed negotiable offered
         policy rejected renewed resolved revoked terminated
        $contributor-type author editor endorser reviewer
        $days-of-week fri mon sat sun thu tue wed
        $defined-types Account ActivityDefinition Address AdverseEvent Age AllergyIntolerance Annotation Appointment
         AppointmentResponse Attachment AuditEvent BackboneElement Basic Binary BiologicallyDerivedProduct
         BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem ChargeItemDefinition Claim
         ClaimResponse ClinicalImpression CodeSystem CodeableConcept Coding Communication CommunicationRequest
         CompartmentDefinition Composition ConceptMap Condition Consent ContactDetail ContactPoint Contract
         Contributor Count Coverage CoverageEligibilityRequest CoverageEligibilityResponse DataRequirement
         DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport Distance
         DocumentManifest DocumentReference DomainResource Dosage Duration EffectEvidenceSynthesis Element
         ElementDefinition Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition
         Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit Expression Extension FamilyMemberHistory Flag
         Goal GraphDefinition Group GuidanceResponse HealthcareService HumanName Identifier ImagingStudy Immunization
         ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage
         List Location MarketingStatus Measure MeasureReport Media Medication MedicationAdministration
         MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct
         MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductIndication
         MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged
         MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition MessageHeader Meta
         MolecularSequence Money MoneyQuantity NamingSystem Narrative NutritionOrder Observation ObservationDefinition
         OperationDefinition OperationOutcome Organization OrganizationAffiliation ParameterDefinition Parameters
         Patient PaymentNotice PaymentReconciliation Period Person PlanDefinition Population Practitioner
         PractitionerRole Procedure ProdCharacteristic ProductShelfLife Provenance Quantity Questionnaire
         QuestionnaireResponse Range Ratio Reference RelatedArtifact RelatedPerson RequestGroup ResearchDefinition
         ResearchElementDefinition ResearchStudy ResearchSubject Resource RiskAssessment RiskEvidenceSynthesis
         SampledData Schedule SearchParameter ServiceRequest Signature SimpleQuantity Slot Specimen SpecimenDefinition
         StructureDefinition StructureMap Subscription Substance SubstanceAmount SubstanceNucleicAcid SubstancePolymer
         SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery
         SupplyRequest Task TerminologyCapabilities TestReport TestScript Timing TriggerDefinition UsageContext
         ValueSet VerificationResult VisionPrescription base64Binary boolean canonical code date dateTime decimal id
         instant integer markdown oid positiveInt string time unsignedInt uri url uuid xhtml
        $detectedissue-severity high low moderate
        $device-nametype manufacturer-name model-name other patient-reported-name udi-label-name user-friendly-name
        $device-statement-status active completed entered-in-error intended on-hold stopped
        $device-status active entered-in-error inactive unknown
        $diagnostic-report-status amended appended cancelled corrected entered-in-error final partial preliminary
         registered unknown
        $discriminator-type exists pattern profile type value
        $document-mode consumer producer
        $document-reference-status current entered-in-error superseded
        $document-relationship-type appends replaces signs transforms
        $eligibilityrequest-purpose auth-requirements benefits discovery validation
        $eligibilityresponse-purpose auth-requirements benefits discovery validation
        $encounter-location-status active completed planned reserved
        $encounter-status arrived cancelled entered-in-error finished in-progress onleave planned triaged unknown
        $endpoint-status active entered-in-error error off suspended test
        $episode-of-care-status active cancelled entered-in-error finished onhold planned waitlist
        $event-capability-mode receiver sender
        $event-status completed entered-in-error in-progress not-done on-hold preparation stopped unknown
        $event-timing AC ACD ACM ACV AFT AFT.early AFT.late C CD CM CV EVE EVE.early EVE.late HS MORN MORN.early
         MORN.late NIGHT NOON PC PCD PCM PCV PHS WAKE
        $examplescenario-actor-type entity person
        $explanationofbenefit-status active cancelled draft entered-in-error
        $exposure-state exposure exposure-alternative
        $extension-context-type element extension fhirpath
        $filter-operator = descendent-of exists generalizes in is-a is-not-a not-in regex
        $flag-status active entered-in-error inactive
        $fm-status active cancelled draft entered-in-error
        $goal-status accepted active cancelled completed entered-in-error on-hold planned proposed rejected
        $graph-compartment-rule custom different identical matching
        $graph-compartment-use condition requirement
        $group-measure mean mean-of-mean mean-of-median median median-of-mean median-of-median
        $group-type animal device medication person practitioner substance
        $guidance-response-status data-requested data-required entered-in-error failure in-progress success
        $guide-page-generation generated html markdown xml
        $guide-parameter-code apply expansion-parameter generate-json generate-turtle generate-xml html-template
         path-pages path-resource path-tx-cache rule-broken-links
        $history-status completed entered-in-error health-unknown partial
        $http-operations delete get head options patch post put
        $http-verb DELETE GET HEAD PATCH POST PUT
        $identifier-use official old secondary temp usual
        $identity-assuranceLevel level1 level2 level3 level4
        $imagingstudy-status available cancelled entered-in-error registered unknown
        $immunization-evaluation-status completed entered-in-error
        $immunization-status completed entered-in-error not-done
        $insuranceplan-applicability! http://terminology.hl7.org/CodeSystem/applicability in-network other
         out-of-network
        $invoice-priceComponentType base deduction discount informational surcharge tax
        $invoice-status balanced cancelled draft entered-in-error issued
        $issue-severity error fatal information warning
        $issue-type business-rule code-invalid conflict deleted duplicate exception expired extension forbidden
         incomplete informational invalid invariant lock-error login multiple-matches no-store not-found not-supported
         processing required security structure suppressed throttled timeout too-costly too-long transient unknown
         value
        $item-type attachment boolean choice date dateTime decimal display group integer open-choice quantity question
         reference string text time url
        $link-type refer replaced-by replaces seealso
        $linkage-type alternate historical source
        $list-mode changes snapshot working
        $list-status current entered-in-error retired
        $location-mode instance kind
        $location-status active inactive suspended
        $map-context-type type variable
        $map-group-type-mode none type-and-types types
        $map-input-mode source target
        $map-model-mode produced queried source target
        $map-source-list-mode first last not_first not_last only_one
        $map-target-list-mode collate first last share
        $map-transform append c cast cc copy cp create dateOp escape evaluate id pointer qty reference translate
         truncate uuid
        $measure-improvement-notation! http://terminology.hl7.org/CodeSystem/measure-improvement-notation decrease
         increase
        $measure-report-status complete error pending
        $measure-report-type data-collection individual subject-list summary
        $medication-admin-status completed entered-in-error in-progress not-done on-hold stopped unknown
        $medication-statement-status active completed entered-in-error intended not-taken on-hold stopped unknown
        $medication-status active entered-in-error inactive
        $medicationdispense-status cancelled completed declined entered-in-error in-progress on-hold preparation
         stopped unknown
        $medicationknowledge-status active entered-in-error inactive
        $medicationrequest-intent filler-order instance-order option order original-order plan proposal reflex-order
        $medicationrequest-status active cancelled completed draft entered-in-error on-hold stopped unknown
        $message-significance-category consequence currency notification
        $messageheader-response-request always never on-error on-success
        $metric-calibration-state calibrated calibration-required not-calibrated unspecified
        $metric-calibration-type gain offset two-point unspecified
        $metric-category calculation measurement setting unspecified
        $metric-color black blue cyan green magenta red white yellow
        $metric-operational-status entered-in-error off on standby
        $name-use anonymous maiden nickname official old temp usual
        $namingsystem-identifier-type oid other uri uuid
        $namingsystem-type codesystem identifier root
        $narrative-status additional empty extensions generated
        $network-type 1 2 3 4 5
        $note-type display print printoper
        $observation-range-category absolute critical reference
        $observation-status amended cancelled corrected entered-in-error final preliminary registered unknown
        $operation-kind operation query
        $operation-parameter-use in out
        $orientation-type antisense sense
        $participantrequired information-only optional required
        $participationstatus accepted declined needs-action tentative
        $permitted-data-type CodeableConcept Period Quantity Range Ratio SampledData boolean dateTime integer string
         time
        $product-category biologicalAgent cells fluid organ tissue
        $product-status available unavailable
        $product-storage-scale celsius farenheit kelvin
        $property-representation cdaText typeAttr xhtml xmlAttr xmlText
        $provenance-entity-role derivation quotation removal revision source
        $publication-status active draft retired unknown
        $quality-type indel snp unknown
        $quantity-comparator < <= > >=
        $questionnaire-answers-status amended completed entered-in-error in-progress stopped
        $questionnaire-enable-behavior all any
        $questionnaire-enable-operator != < <= = > >= exists
        $reaction-event-severity mild moderate severe
        $reference-handling-policy enforced literal local logical resolves
        $reference-version-rules either independent specific
        $related-artifact-type citation composed-of depends-on derived-from documentation justification predecessor
         successor
        $relation-type is-replaced-by triggers
        $remittance-outcome complete error partial queued
        $report-action-result-codes error fail pass skip warning
        $report-participant-type client server test-engine
        $report-result-codes fail pass pending
        $report-status-codes completed entered-in-error in-progress stopped waiting
        $repository-type directlink login oauth openapi other
        $request-intent directive filler-order instance-order option order original-order plan proposal reflex-order
        $request-priority asap routine stat urgent
        $request-resource-types Appointment AppointmentResponse CarePlan Claim CommunicationRequest Contract
         DeviceRequest EnrollmentRequest ImmunizationRecommendation MedicationRequest NutritionOrder ServiceRequest
         SupplyRequest Task VisionPrescription
        $request-status active completed draft entered-in-error on-hold revoked unknown
        $research-element-type exposure outcome population
        $research-study-status active administratively-completed approved closed-to-accrual
         closed-to-accrual-and-intervention completed disapproved in-review temporarily-closed-to-accrual
         temporarily-closed-to-accrual-and-intervention withdrawn
        $research-subject-status candidate eligible follow-up ineligible not-registered off-study on-study
         on-study-intervention on-study-observation pending-on-study potential-candidate screening withdrawn
        $resource-aggregation-mode bundled contained referenced
        $resource-slicing-rules closed open openAtEnd
        $resource-types Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse
         AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam
         CatalogEntry ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication
         CommunicationRequest CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage
         CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric
         DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference DomainResource
         EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition
         Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag Goal GraphDefinition
         Group GuidanceResponse HealthcareService ImagingStudy Immunization ImmunizationEvaluation
         ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List Location Measure
         MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
         MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization
         MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient
         MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged
         MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition MessageHeader
         MolecularSequence NamingSystem NutritionOrder Observation ObservationDefinition OperationDefinition
         OperationOutcome Organization OrganizationAffiliation Parameters Patient PaymentNotice PaymentReconciliation
         Person PlanDefinition Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse
         RelatedPerson RequestGroup ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject
         Resource RiskAssessment RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen
         SpecimenDefinition StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid
         SubstancePolymer SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial
         SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport TestScript
         ValueSet VerificationResult VisionPrescription
        $response-code fatal-error ok transient-error
        $restful-capability-mode client server
        $search-comparator ap eb eq ge gt le lt ne sa
        $search-entry-mode include match outcome
        $search-modifier-code above below contains exact identifier in missing not not-in ofType text type
        $search-param-type composite date number quantity reference special string token uri
        $search-xpath-usage distance nearby normal other phonetic
        $sequence-type aa dna rna
        $slotstatus busy busy-tentative busy-unavailable entered-in-error free
        $sort-direction ascending descending
        $spdx-license 0BSD AAL ADSL AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-1.0-only AGPL-1.0-or-later
         AGPL-3.0-only AGPL-3.0-or-later AMDPLPA AML AMPAS ANTLR-PD APAFML APL-1.0 APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0
         Abstyles Adobe-2006 Adobe-Glyph Afmparse Aladdin Apache-1.0 Apache-1.1 Apache-2.0 Artistic-1.0
         Artistic-1.0-Perl Artistic-1.0-cl8 Artistic-2.0 BSD-1-Clause BSD-2-Clause BSD-2-Clause-FreeBSD
         BSD-2-Clause-NetBSD BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-Attribution BSD-3-Clause-Clear
         BSD-3-Clause-LBNL BSD-3-Clause-No-Nuclear-License BSD-3-Clause-No-Nuclear-License-2014
         BSD-3-Clause-No-Nuclear-Warranty BSD-4-Clause BSD-4-Clause-UC BSD-Protection BSD-Source-Code BSL-1.0 Bahyph
         Barr Beerware BitTorrent-1.0 BitTorrent-1.1 Borceux CATOSL-1.1 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0
         CC-BY-4.0 CC-BY-NC-1.0 CC-BY-NC-2.0 CC-BY-NC-2.5 CC-BY-NC-3.0 CC-BY-NC-4.0 CC-BY-NC-ND-1.0 CC-BY-NC-ND-2.0
         CC-BY-NC-ND-2.5 CC-BY-NC-ND-3.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-1.0 CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.5
         CC-BY-NC-SA-3.0 CC-BY-NC-SA-4.0 CC-BY-ND-1.0 CC-BY-ND-2.0 CC-BY-ND-2.5 CC-BY-ND-3.0 CC-BY-ND-4.0 CC-BY-SA-1.0
         CC-BY-SA-2.0 CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CDDL-1.1 CDLA-Permissive-1.0
         CDLA-Sharing-1.0 CECILL-1.0 CECILL-1.1 CECILL-2.0 CECILL-2.1 CECILL-B CECILL-C CNRI-Jython CNRI-Python
         CNRI-Python-GPL-Compatible CPAL-1.0 CPL-1.0 CPOL-1.02 CUA-OPL-1.0 Caldera ClArtistic Condor-1.1 Crossword
         CrystalStacker Cube D-FSL-1.0 DOC DSDP Dotseqn ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 EPL-1.0 EPL-2.0 EUDatagrid
         EUPL-1.0 EUPL-1.1 EUPL-1.2 Entessa ErlPL-1.1 Eurosym FSFAP FSFUL FSFULLR FTL Fair Frameworx-1.0 FreeImage
         GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-only GFDL-1.3-or-later GL2PS
         GPL-1.0-only GPL-1.0-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later Giftware Glide
         Glulxe HPND HaskellReport IBM-pibs ICU IJG IPA IPL-1.0 ISC ImageMagick Imlib2 Info-ZIP Intel Intel-ACPI
         Interbase-1.0 JSON JasPer-2.0 LAL-1.2 LAL-1.3 LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later
         LGPL-3.0-only LGPL-3.0-or-later LGPLLR LPL-1.0 LPL-1.02 LPPL-1.0 LPPL-1.1 LPPL-1.2 LPPL-1.3a LPPL-1.3c
         Latex2e Leptonica LiLiQ-P-1.1 LiLiQ-R-1.1 LiLiQ-Rplus-1.1 Libpng Linux-OpenIB MIT MIT-0 MIT-CMU
         MIT-advertising MIT-enna MIT-feh MITNFA MPL-1.0 MPL-1.1 MPL-2.0 MPL-2.0-no-copyleft-exception MS-PL MS-RL
         MTLL MakeIndex MirOS Motosoto Multics Mup NASA-1.3 NBPL-1.0 NCSA NGPL NLOD-1.0 NLPL NOSL NPL-1.0 NPL-1.1
         NPOSL-3.0 NRL NTP Naumen Net-SNMP NetCDF Newsletr Nokia Noweb OCCT-PL OCLC-2.0 ODbL-1.0 OFL-1.0 OFL-1.1 OGTSL
         OLDAP-1.1 OLDAP-1.2 OLDAP-1.3 OLDAP-1.4 OLDAP-2.0 OLDAP-2.0.1 OLDAP-2.1 OLDAP-2.2 OLDAP-2.2.1 OLDAP-2.2.2
         OLDAP-2.3 OLDAP-2.4 OLDAP-2.5 OLDAP-2.6 OLDAP-2.7 OLDAP-2.8 OML OPL-1.0 OSET-PL-2.1 OSL-1.0 OSL-1.1 OSL-2.0
         OSL-2.1 OSL-3.0 OpenSSL PDDL-1.0 PHP-3.0 PHP-3.01 Plexus PostgreSQL Python-2.0 QPL-1.0 Qhull RHeCos-1.1
         RPL-1.1 RPL-1.5 RPSL-1.0 RSA-MD RSCPL Rdisc Ruby SAX-PD SCEA SGI-B-1.0 SGI-B-1.1 SGI-B-2.0 SISSL SISSL-1.2
         SMLNJ SMPPL SNIA SPL-1.0 SWL Saxpath Sendmail SimPL-2.0 Sleepycat Spencer-86 Spencer-94 Spencer-99
         SugarCRM-1.1.3 TCL TCP-wrappers TMate TORQUE-1.1 TOSL UPL-1.0 Unicode-DFS-2015 Unicode-DFS-2016 Unicode-TOU
         Unlicense VOSTROM VSL-1.0 Vim W3C W3C-19980720 W3C-20150513 WTFPL Watcom-1.0 Wsuipa X11 XFree86-1.1 XSkat
         Xerox Xnet YPL-1.0 YPL-1.1 ZPL-1.1 ZPL-2.0 ZPL-2.1 Zed Zend-2.0 Zimbra-1.3 Zimbra-1.4 Zlib bzip2-1.0.5
         bzip2-1.0.6 curl diffmark dvipdfm eGenix gSOAP-1.3b gnuplot iMatix libtiff mpich2 not-open-source psfrag
         psutils xinetd xpp zlib-acknowledgement
        $specimen-contained-preference alternate preferred
        $specimen-status available entered-in-error unavailable unsatisfactory
        $strand-type crick watson
        $structure-definition-kind complex-type logical primitive-type resource
        $subscription-channel-type email message rest-hook sms websocket
        $subscription-status active error off requested
        $substance-status active entered-in-error inactive
        $supplydelivery-status abandoned completed entered-in-error in-progress
        $supplydelivery-type! http://terminology.hl7.org/CodeSystem/supply-item-type device medication
        $supplyrequest-status active cancelled completed draft entered-in-error suspended unknown
        $system-restful-interaction batch history-system search-system transaction
        $task-intent filler-order instance-order option order original-order plan proposal reflex-order unknown
        $task-status accepted cancelled completed draft entered-in-error failed in-progress on-hold ready received
         rejected requested
        $trigger-type data-access-ended data-accessed data-added data-changed data-modified data-removed named-event
         periodic
        $type-derivation-rule constraint specialization
        $type-restful-interaction create delete history-instance history-type patch read search-type update vread
        $udi-entry-type barcode card manual rfid self-reported unknown
        $units-of-time a d h min mo s wk
        $v3-ConfidentialityClassification L M N R U V
        $variable-type continuous descriptive dichotomous
        $verificationresult-status attested in-process req-revalid reval-fail val-fail validated
        $versioning-policy no-version versioned versioned-update
        $vision-base-codes down in out up
        $vision-eye-codes left right
        =Element
        id ? string
        extension * Extension
        =BackboneElement Element
        modifierExtension * Extension sm
        =Resource
        id ? id s
        meta ? Meta s
        implicitRules ? uri sm
        language ? code
        =DomainResource Resource
        text ? Narrative
        contained * Resource
        extension * Extension
        modifierExtension * Extension m
        =Address Element
        use ? code=address-use sm
        type ? code=address-type s
        text ? string s
        line * string s
        city ? string s
        district ? string s
        state ? string s
        postalCode ? string s
        country ? string s
        period ? Period s
        =Age Quantity
        =Annotation Element
        author[x] ? Reference|string s > Practitioner Patient RelatedPerson Organization
        time ? dateTime s
        text 1 markdown s
        =Attachment Element
        contentType ? code s
        language ? code s
        data ? base64Binary
        url ? url s
        size ? unsignedInt s
        hash ? base64Binary s
        title ? string s
        creation ? dateTime s
        =CodeableConcept Element
        coding * Coding s
        text ? string s
        =Coding Element
        system ? uri s
        version ? string s
        code ? code s
        display ? string s
        userSelected ? boolean s
        =ContactDetail Element
        name ? string s
        telecom * ContactPoint s
        =ContactPoint Element
        system ? code=contact-point-system s
        value ? string s
        use ? code=contact-point-use sm
        rank ? positiveInt s
        period ? Period s
        =Contributor Element
        type 1 code=contributor-type s
        name 1 string s
        contact * ContactDetail s
        =Count Quantity
        =DataRequirement Element
        type 1 code=all-types s
        profile * canonical s
        subject[x] ? CodeableConcept|Reference s > Group
        mustSupport * string s
        codeFilter * . s
        dateFilter * . s
        limit ? positiveInt s
        sort * . s
        =DataRequirement.codeFilter Element
        path ? string s
        searchParam ? string s
        valueSet ? canonical s
        code * Coding s
        =DataRequirement.dateFilter Element
        path ? string s
        searchParam ? string s
        value[x] ? dateTime|Period|Duration s
        =DataRequirement.sort Element
        path 1 string s
        direction 1 code=sort-direction s
        =Distance Quantity
        =Dosage BackboneElement
        sequence ? integer s
        text ? string s
        additionalInstruction * CodeableConcept s
        patientInstruction ? string s
        timing ? Timing s
        asNeeded[x] ? boolean|CodeableConcept s
        site ? CodeableConcept s
        route ? CodeableConcept s
        method ? CodeableConcept s
        doseAndRate * . s
        maxDosePerPeriod ? Ratio s
        maxDosePerAdministration ? Quantity s
        maxDosePerLifetime ? Quantity s
        =Dosage.doseAndRate Element
        type ? CodeableConcept s
        dose[x] ? Range|Quantity s
        rate[x] ? Ratio|Range|Quantity s
        =Duration Quantity
        =ElementDefinition BackboneElement
        path 1 string s
        representation * code=property-representation s
        sliceName ? string s
        sliceIsConstraining ? boolean s
        label ? string s
        code * Coding s
        slicing ? . s
        short ? string s
        definition ? markdown s
        comment ? markdown s
        requirements ? markdown s
        alias * string s
        min ? unsignedInt s
        max ? string s
        base ? . s
        contentReference ? uri s
        type * . s
        defaultValue[x] ? any s
        meaningWhenMissing ? markdown s
        orderMeaning ? string s
        fixed[x] ? any s
        pattern[x] ? any s
        example * . s
        minValue[x] ? date|dateTime|instant|time|decimal|integer|positiveInt|unsignedInt|Quantity s
        maxValue[x] ? date|dateTime|instant|time|decimal|integer|positiveInt|unsignedInt|Quantity s
        maxLength ? integer s
        condition * id s
        constraint * . s
        mustSupport ? boolean s
        isModifier ? boolean s
        isModifierReason ? string s
        isSummary ? boolean s
        binding ? . s
        mapping * . s
        =ElementDefinition.slicing Element
        discriminator * . s
        description ? string s
        ordered ? boolean s
        rules 1 code=resource-slicing-rules s
        =ElementDefinition.slicing.discriminator Element
        type 1 code=discriminator-type s
        path 1 string s
        =ElementDefinition.base Element
        path 1 string s
        min 1 unsignedInt s
        max 1 string s
        =ElementDefinition.type Element
        code 1 uri s
        profile * canonical s
        targetProfile * canonical s
        aggregation * code=resource-aggregation-mode s
        versioning ? code=reference-version-rules s
        =ElementDefinition.example Element
        label 1 string s
        value[x] 1 any s
        =ElementDefinition.constraint Element
        key 1 id s
        requirements ? string s
        severity 1 code=constraint-severity s
        human 1 string s
        expression ? string s
        xpath ? string s
        source ? canonical s
        =ElementDefinition.binding Element
        strength 1 code=binding-strength s
        description ? string s
        valueSet ? canonical s
        =ElementDefinition.mapping Element
        identity 1 id s
        language ? code s
        map 1 string s
        comment ? string s
        =Expression Element
        description ? string s
        name ? id s
        language 1 code s
        expression ? string s
        reference ? uri s
        =Extension Element
        url 1 uri
        value[x] ? any
        =HumanName Element
        use ? code=name-use sm
        text ? string s
        family ? string s
        given * string s
        prefix * string s
        suffix * string s
        period ? Period s
        =Identifier Element
        use ? code=identifier-use sm
        type ? CodeableConcept s
        system ? uri s
        value ? string s
        period ? Period s
        assigner ? Reference s > Organization
        =MarketingStatus BackboneElement
        country 1 CodeableConcept s
        jurisdiction ? CodeableConcept s
        status 1 CodeableConcept s
        dateRange 1 Period s
        restoreDate ? dateTime s
        =Meta Element
        versionId ? id s
        lastUpdated ? instant s
        source ? uri s
        profile * canonical s
        security * Coding s
        tag * Coding s
        =Money Element
        value ? decimal s
        currency ? code s
        =Narrative Element
        status 1 code=narrative-status
        div 1 xhtml
        =ParameterDefinition Element
        name ? code s
        use 1 code=operation-parameter-use s
        min ? integer s
        max ? string s
        documentation ? string s
        type 1 code=all-types s
        profile ? canonical s
        =Period Element
        start ? dateTime s
        end ? dateTime s
        =Population BackboneElement
        age[x] ? Range|CodeableConcept s
        gender ? CodeableConcept s
        race ? CodeableConcept s
        physiologicalCondition ? CodeableConcept s
        =ProdCharacteristic BackboneElement
        height ? Quantity s
        width ? Quantity s
        depth ? Quantity s
        weight ? Quantity s
        nominalVolume ? Quantity s
        externalDiameter ? Quantity s
        shape ? string s
        color * string s
        imprint * string s
        image * Attachment s
        scoring ? CodeableConcept s
        =ProductShelfLife BackboneElement
        identifier ? Identifier s
        type 1 CodeableConcept s
        period 1 Quantity s
        specialPrecautionsForStorage * CodeableConcept s
        =Quantity Element
        value ? decimal s
        comparator ? code=quantity-comparator sm
        unit ? string s
        system ? uri s
        code ? code s
        =Range Element
        low ? Quantity s
        high ? Quantity s
        =Ratio Element
        numerator ? Quantity s
        denominator ? Quantity s
        =Reference Element
        reference ? string s
        type ? uri s
        identifier ? Identifier s
        display ? string s
        =RelatedArtifact Element
        type 1 code=related-artifact-type s
        label ? string s
        display ? string s
        citation ? markdown s
        url ? url s
        document ? Attachment s
        resource ? canonical s
        =SampledData Element
        origin 1 Quantity s
        period 1 decimal s
        factor ? decimal s
        lowerLimit ? decimal s
        upperLimit ? decimal s
        dimensions 1 positiveInt s
        data ? string
        =Signature Element
        type + Coding s
        when 1 instant s
        who 1 Reference s > Practitioner PractitionerRole RelatedPerson Patient Device Organization
        onBehalfOf ? Reference s > Practitioner PractitionerRole RelatedPerson Patient Device Organization
        targetFormat ? code
        sigFormat ? code
        data ? base64Binary
        =SubstanceAmount BackboneElement
        amount[x] ? Quantity|Range|string s
        amountType ? CodeableConcept s
        amountText ? string s
        referenceRange ? . s
        =SubstanceAmount.referenceRange Element
        lowLimit ? Quantity s
        highLimit ? Quantity s
        =Timing BackboneElement
        event * dateTime s
        repeat ? . s
        code ? CodeableConcept s
        =Timing.repeat Element
        bounds[x] ? Duration|Range|Period s
        count ? positiveInt s
        countMax ? positiveInt s
        duration ? decimal s
        durationMax ? decimal s
        durationUnit ? code=units-of-time s
        frequency ? positiveInt s
        frequencyMax ? positiveInt s
        period ? decimal s
        periodMax ? decimal s
        periodUnit ? code=units-of-time s
        dayOfWeek * code=days-of-week s
        timeOfDay * time s
        when * code=event-timing s
        offset ? unsignedInt s
        =TriggerDefinition Element
        type 1 code=trigger-type s
        name ? string s
        timing[x] ? Timing|Reference|date|dateTime s > Schedule
        data * DataRequirement s
        condition ? Expression s
        =UsageContext Element
        code 1 Coding s
        value[x] 1 CodeableConcept|Quantity|Range|Reference s > PlanDefinition ResearchStudy InsurancePlan
         HealthcareService Group Location Organization
        =Account DomainResource
        identifier * Identifier s
        status 1 code=account-status sm
        type ? CodeableConcept s
        name ? string s
        subject * Reference s > Patient Device Practitioner PractitionerRole Location HealthcareService Organization
        servicePeriod ? Period s
        coverage * . s
        owner ? Reference s > Organization
        description ? string s
        guarantor * .
        partOf ? Reference > Account
        =Account.coverage BackboneElement
        coverage 1 Reference s > Coverage
        priority ? positiveInt s
        =Account.guarantor BackboneElement
        party 1 Reference > Patient RelatedPerson Organization
        onHold ? boolean
        period ? Period
        =ActivityDefinition DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        subtitle ? string
        status 1 code=publication-status sm
        experimental ? boolean s
        subject[x] ? CodeableConcept|Reference > Group
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        usage ? string
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        library * canonical
        kind ? code=request-resource-types s
        profile ? canonical
        code ? CodeableConcept s
        intent ? code=request-intent
        priority ? code=request-priority
        doNotPerform ? boolean sm
        timing[x] ? Timing|dateTime|Age|Period|Range|Duration
        location ? Reference > Location
        participant * .
        product[x] ? Reference|CodeableConcept > Medication Substance
        quantity ? Quantity
        dosage * Dosage
        bodySite * CodeableConcept
        specimenRequirement * Reference > SpecimenDefinition
        observationRequirement * Reference > ObservationDefinition
        observationResultRequirement * Reference > ObservationDefinition
        transform ? canonical
        dynamicValue * .
        =ActivityDefinition.participant BackboneElement
        type 1 code=action-participant-type
        role ? CodeableConcept
        =ActivityDefinition.dynamicValue BackboneElement
        path 1 string
        expression 1 Expression
        =AdverseEvent DomainResource
        identifier ? Identifier s
        actuality 1 code=adverse-event-actuality sm
        category * CodeableConcept s
        event ? CodeableConcept s
        subject 1 Reference s > Patient Group Practitioner RelatedPerson
        encounter ? Reference s > Encounter
        date ? dateTime s
        detected ? dateTime s
        recordedDate ? dateTime s
        resultingCondition * Reference s > Condition
        location ? Reference s > Location
        seriousness ? CodeableConcept s
        severity ? CodeableConcept=adverse-event-severity! s
        outcome ? CodeableConcept=adverse-event-outcome! s
        recorder ? Reference s > Patient Practitioner PractitionerRole RelatedPerson
        contributor * Reference s > Practitioner PractitionerRole Device
        suspectEntity * . s
        subjectMedicalHistory * Reference s > Condition Observation AllergyIntolerance FamilyMemberHistory
         Immunization Procedure Media DocumentReference
        referenceDocument * Reference s > DocumentReference
        study * Reference s > ResearchStudy
        =AdverseEvent.suspectEntity BackboneElement
        instance 1 Reference s > Immunization Procedure Substance Medication MedicationAdministration
         MedicationStatement Device
        causality * . s
        =AdverseEvent.suspectEntity.causality BackboneElement
        assessment ? CodeableConcept s
        productRelatedness ? string s
        author ? Reference s > Practitioner PractitionerRole
        method ? CodeableConcept s
        =AllergyIntolerance DomainResource
        identifier * Identifier s
        clinicalStatus ? CodeableConcept=allergyintolerance-clinical! sm
        verificationStatus ? CodeableConcept=allergyintolerance-verification! sm
        type ? code=allergy-intolerance-type s
        category * code=allergy-intolerance-category s
        criticality ? code=allergy-intolerance-criticality s
        code ? CodeableConcept s
        patient 1 Reference s > Patient
        encounter ? Reference > Encounter
        onset[x] ? dateTime|Age|Period|Range|string
        recordedDate ? dateTime
        recorder ? Reference > Practitioner PractitionerRole Patient RelatedPerson
        asserter ? Reference s > Patient RelatedPerson Practitioner PractitionerRole
        lastOccurrence ? dateTime
        note * Annotation
        reaction * .
        =AllergyIntolerance.reaction BackboneElement
        substance ? CodeableConcept
        manifestation + CodeableConcept
        description ? string
        onset ? dateTime
        severity ? code=reaction-event-severity
        exposureRoute ? CodeableConcept
        note * Annotation
        =Appointment DomainResource
        identifier * Identifier s
        status 1 code=appointmentstatus sm
        cancelationReason ? CodeableConcept s
        serviceCategory * CodeableConcept s
        serviceType * CodeableConcept s
        specialty * CodeableConcept s
        appointmentType ? CodeableConcept s
        reasonCode * CodeableConcept s
        reasonReference * Reference > Condition Procedure Observation ImmunizationRecommendation
        priority ? unsignedInt
        description ? string
        supportingInformation * Reference
        start ? instant s
        end ? instant s
        minutesDuration ? positiveInt
        slot * Reference > Slot
        created ? dateTime
        comment ? string
        patientInstruction ? string
        basedOn * Reference > ServiceRequest
        participant + .
        requestedPeriod * Period
        =Appointment.participant BackboneElement
        type * CodeableConcept s
        actor ? Reference s > Patient Practitioner PractitionerRole RelatedPerson Device HealthcareService Location
        required ? code=participantrequired s
        status 1 code=participationstatus s
        period ? Period
        =AppointmentResponse DomainResource
        identifier * Identifier s
        appointment 1 Reference s > Appointment
        start ? instant
        end ? instant
        participantType * CodeableConcept s
        actor ? Reference s > Patient Practitioner PractitionerRole RelatedPerson Device HealthcareService Location
        participantStatus 1 code=participationstatus sm
        comment ? string
        =AuditEvent DomainResource
        type 1 Coding s
        subtype * Coding s
        action ? code=audit-event-action s
        period ? Period
        recorded 1 instant s
        outcome ? code=audit-event-outcome s
        outcomeDesc ? string s
        purposeOfEvent * CodeableConcept s
        agent + .
        source 1 .
        entity * .
        =AuditEvent.agent BackboneElement
        type ? CodeableConcept
        role * CodeableConcept
        who ? Reference s > PractitionerRole Practitioner Organization Device Patient RelatedPerson
        altId ? string
        name ? string
        requestor 1 boolean s
        location ? Reference > Location
        policy * uri
        media ? Coding
        network ? .
        purposeOfUse * CodeableConcept
        =AuditEvent.agent.network BackboneElement
        address ? string
        type ? code=network-type
        =AuditEvent.source BackboneElement
        site ? string
        observer 1 Reference s > PractitionerRole Practitioner Organization Device Patient RelatedPerson
        type * Coding
        =AuditEvent.entity BackboneElement
        what ? Reference s
        type ? Coding
        role ? Coding
        lifecycle ? Coding
        securityLabel * Coding
        name ? string s
        description ? string
        query ? base64Binary s
        detail * .
        =AuditEvent.entity.detail BackboneElement
        type 1 string
        value[x] 1 string|base64Binary
        =Basic DomainResource
        identifier * Identifier s
        code 1 CodeableConcept sm
        subject ? Reference s
        created ? date s
        author ? Reference s > Practitioner PractitionerRole Patient RelatedPerson Organization
        =Binary Resource
        contentType 1 code s
        securityContext ? Reference s
        data ? base64Binary
        =BiologicallyDerivedProduct DomainResource
        identifier * Identifier s
        productCategory ? code=product-category
        productCode ? CodeableConcept
        status ? code=product-status
        request * Reference > ServiceRequest
        quantity ? integer
        parent * Reference > BiologicallyDerivedProduct
        collection ? .
        processing * .
        manipulation ? .
        storage * .
        =BiologicallyDerivedProduct.collection BackboneElement
        collector ? Reference > Practitioner PractitionerRole
        source ? Reference > Patient Organization
        collected[x] ? dateTime|Period
        =BiologicallyDerivedProduct.processing BackboneElement
        description ? string
        procedure ? CodeableConcept
        additive ? Reference > Substance
        time[x] ? dateTime|Period
        =BiologicallyDerivedProduct.manipulation BackboneElement
        description ? string
        time[x] ? dateTime|Period
        =BiologicallyDerivedProduct.storage BackboneElement
        description ? string
        temperature ? decimal
        scale ? code=product-storage-scale
        duration ? Period
        =BodyStructure DomainResource
        identifier * Identifier s
        active ? boolean sm
        morphology ? CodeableConcept s
        location ? CodeableConcept s
        locationQualifier * CodeableConcept
        description ? string s
        image * Attachment
        patient 1 Reference s > Patient
        =Bundle Resource
        identifier ? Identifier s
        type 1 code=bundle-type s
        timestamp ? instant s
        total ? unsignedInt s
        link * . s
        entry * . s
        signature ? Signature s
        =Bundle.link BackboneElement
        relation 1 string s
        url 1 uri s
        =Bundle.entry BackboneElement
        link * Bundle.link s
        fullUrl ? uri s
        resource ? Resource s
        search ? . s
        request ? . s
        response ? . s
        =Bundle.entry.search BackboneElement
        mode ? code=search-entry-mode s
        score ? decimal s
        =Bundle.entry.request BackboneElement
        method 1 code=http-verb s
        url 1 uri s
        ifNoneMatch ? string s
        ifModifiedSince ? instant s
        ifMatch ? string s
        ifNoneExist ? string s
        =Bundle.entry.response BackboneElement
        status 1 string s
        location ? uri s
        etag ? string s
        lastModified ? instant s
        outcome ? Resource s
        =CapabilityStatement DomainResource
        url ? uri s
        version ? string s
        name ? string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date 1 dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown
        kind 1 code=capability-statement-kind s
        instantiates * canonical s
        imports * canonical s
        software ? . s
        implementation ? . s
        fhirVersion 1 code=FHIR-version s
        format + code s
        patchFormat * code s
        implementationGuide * canonical s
        rest * . s
        messaging * . s
        document * . s
        =CapabilityStatement.software BackboneElement
        name 1 string s
        version ? string s
        releaseDate ? dateTime s
        =CapabilityStatement.implementation BackboneElement
        description 1 string s
        url ? url s
        custodian ? Reference s > Organization
        =CapabilityStatement.rest BackboneElement
        mode 1 code=restful-capability-mode s
        documentation ? markdown
        security ? . s
        resource * . s
        interaction * .
        searchParam * CapabilityStatement.rest.resource.searchParam
        operation * CapabilityStatement.rest.resource.operation s
        compartment * canonical
        =CapabilityStatement.rest.security BackboneElement
        cors ? boolean s
        service * CodeableConcept s
        description ? markdown
        =CapabilityStatement.rest.resource BackboneElement
        type 1 code=resource-types s
        profile ? canonical s
        supportedProfile * canonical s
        documentation ? markdown
        interaction * .
        versioning ? code=versioning-policy
        readHistory ? boolean
        updateCreate ? boolean
        conditionalCreate ? boolean
        conditionalRead ? code=conditional-read-status
        conditionalUpdate ? boolean
        conditionalDelete ? code=conditional-delete-status
        referencePolicy * code=reference-handling-policy
        searchInclude * string
        searchRevInclude * string
        searchParam * .
        operation * . s
        =CapabilityStatement.rest.resource.interaction BackboneElement
        code 1 code=type-restful-interaction
        documentation ? markdown
        =CapabilityStatement.rest.resource.searchParam BackboneElement
        name 1 string
        definition ? canonical
        type 1 code=search-param-type
        documentation ? markdown
        =CapabilityStatement.rest.resource.operation BackboneElement
        name 1 string s
        definition 1 canonical s
        documentation ? markdown
        =CapabilityStatement.rest.interaction BackboneElement
        code 1 code=system-restful-interaction
        documentation ? markdown
        =CapabilityStatement.messaging BackboneElement
        endpoint * .
        reliableCache ? unsignedInt
        documentation ? markdown
        supportedMessage * . s
        =CapabilityStatement.messaging.endpoint BackboneElement
        protocol 1 Coding
        address 1 url
        =CapabilityStatement.messaging.supportedMessage BackboneElement
        mode 1 code=event-capability-mode s
        definition 1 canonical s
        =CapabilityStatement.document BackboneElement
        mode 1 code=document-mode s
        documentation ? markdown
        profile 1 canonical s
        =CarePlan DomainResource
        identifier * Identifier s
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        basedOn * Reference s > CarePlan
        replaces * Reference s > CarePlan
        partOf * Reference s > CarePlan
        status 1 code=request-status sm
        intent 1 code=care-plan-intent sm
        category * CodeableConcept s
        title ? string s
        description ? string s
        subject 1 Reference s > Patient Group
        encounter ? Reference s > Encounter
        period ? Period s
        created ? dateTime s
        author ? Reference s > Patient Practitioner PractitionerRole Device RelatedPerson Organization CareTeam
        contributor * Reference > Patient Practitioner PractitionerRole Device RelatedPerson Organization CareTeam
        careTeam * Reference > CareTeam
        addresses * Reference s > Condition
        supportingInfo * Reference
        goal * Reference > Goal
        activity * .
        note * Annotation
        =CarePlan.activity BackboneElement
        outcomeCodeableConcept * CodeableConcept
        outcomeReference * Reference
        progress * Annotation
        reference ? Reference > Appointment CommunicationRequest DeviceRequest MedicationRequest NutritionOrder Task
         ServiceRequest VisionPrescription RequestGroup
        detail ? .
        =CarePlan.activity.detail BackboneElement
        kind ? code=care-plan-activity-kind
        instantiatesCanonical * canonical
        instantiatesUri * uri
        code ? CodeableConcept
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport DocumentReference
        goal * Reference > Goal
        status 1 code=care-plan-activity-status m
        statusReason ? CodeableConcept
        doNotPerform ? boolean m
        scheduled[x] ? Timing|Period|string
        location ? Reference > Location
        performer * Reference > Practitioner PractitionerRole Organization RelatedPerson Patient CareTeam
         HealthcareService Device
        product[x] ? CodeableConcept|Reference > Medication Substance
        dailyAmount ? Quantity
        quantity ? Quantity
        description ? string
        =CareTeam DomainResource
        identifier * Identifier s
        status ? code=care-team-status sm
        category * CodeableConcept s
        name ? string s
        subject ? Reference s > Patient Group
        encounter ? Reference s > Encounter
        period ? Period s
        participant * .
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition
        managingOrganization * Reference s > Organization
        telecom * ContactPoint
        note * Annotation
        =CareTeam.participant BackboneElement
        role * CodeableConcept s
        member ? Reference s > Practitioner PractitionerRole RelatedPerson Patient Organization CareTeam
        onBehalfOf ? Reference s > Organization
        period ? Period
        =CatalogEntry DomainResource
        identifier * Identifier s
        type ? CodeableConcept
        orderable 1 boolean s
        referencedItem 1 Reference s > Medication Device Organization Practitioner PractitionerRole HealthcareService
         ActivityDefinition PlanDefinition SpecimenDefinition ObservationDefinition Binary
        additionalIdentifier * Identifier
        classification * CodeableConcept
        status ? code=publication-status
        validityPeriod ? Period
        validTo ? dateTime
        lastUpdated ? dateTime
        additionalCharacteristic * CodeableConcept
        additionalClassification * CodeableConcept
        relatedEntry * .
        =CatalogEntry.relatedEntry BackboneElement
        relationtype 1 code=relation-type
        item 1 Reference > CatalogEntry
        =ChargeItem DomainResource
        identifier * Identifier s
        definitionUri * uri
        definitionCanonical * canonical
        status 1 code=chargeitem-status sm
        partOf * Reference > ChargeItem
        code 1 CodeableConcept s
        subject 1 Reference s > Patient Group
        context ? Reference s > Encounter EpisodeOfCare
        occurrence[x] ? dateTime|Period|Timing s
        performer * .
        performingOrganization ? Reference > Organization
        requestingOrganization ? Reference > Organization
        costCenter ? Reference > Organization
        quantity ? Quantity s
        bodysite * CodeableConcept s
        factorOverride ? decimal
        priceOverride ? Money
        overrideReason ? string
        enterer ? Reference s > Practitioner PractitionerRole Organization Patient Device RelatedPerson
        enteredDate ? dateTime s
        reason * CodeableConcept
        service * Reference > DiagnosticReport ImagingStudy Immunization MedicationAdministration MedicationDispense
         Observation Procedure SupplyDelivery
        product[x] ? Reference|CodeableConcept > Device Medication Substance
        account * Reference s > Account
        note * Annotation
        supportingInformation * Reference
        =ChargeItem.performer BackboneElement
        function ? CodeableConcept
        actor 1 Reference > Practitioner PractitionerRole Organization CareTeam Patient Device RelatedPerson
        =ChargeItemDefinition DomainResource
        url 1 uri s
        identifier * Identifier s
        version ? string s
        title ? string s
        derivedFromUri * uri s
        partOf * canonical s
        replaces * canonical s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        code ? CodeableConcept s
        instance * Reference > Medication Substance Device
        applicability * .
        propertyGroup * .
        =ChargeItemDefinition.applicability BackboneElement
        description ? string
        language ? string
        expression ? string
        =ChargeItemDefinition.propertyGroup BackboneElement
        applicability * ChargeItemDefinition.applicability
        priceComponent * .
        =ChargeItemDefinition.propertyGroup.priceComponent BackboneElement
        type 1 code=invoice-priceComponentType
        code ? CodeableConcept
        factor ? decimal
        amount ? Money
        =Claim DomainResource
        identifier * Identifier
        status 1 code=fm-status sm
        type 1 CodeableConcept s
        subType ? CodeableConcept
        use 1 code=claim-use s
        patient 1 Reference s > Patient
        billablePeriod ? Period s
        created 1 dateTime s
        enterer ? Reference > Practitioner PractitionerRole
        insurer ? Reference s > Organization
        provider 1 Reference s > Practitioner PractitionerRole Organization
        priority 1 CodeableConcept s
        fundsReserve ? CodeableConcept
        related * .
        prescription ? Reference > DeviceRequest MedicationRequest VisionPrescription
        originalPrescription ? Reference > DeviceRequest MedicationRequest VisionPrescription
        payee ? .
        referral ? Reference > ServiceRequest
        facility ? Reference > Location
        careTeam * .
        supportingInfo * .
        diagnosis * .
        procedure * .
        insurance + . s
        accident ? .
        item * .
        total ? Money
        =Claim.related BackboneElement
        claim ? Reference > Claim
        relationship ? CodeableConcept
        reference ? Identifier
        =Claim.payee BackboneElement
        type 1 CodeableConcept
        party ? Reference > Practitioner PractitionerRole Organization Patient RelatedPerson
        =Claim.careTeam BackboneElement
        sequence 1 positiveInt
        provider 1 Reference > Practitioner PractitionerRole Organization
        responsible ? boolean
        role ? CodeableConcept
        qualification ? CodeableConcept
        =Claim.supportingInfo BackboneElement
        sequence 1 positiveInt
        category 1 CodeableConcept
        code ? CodeableConcept
        timing[x] ? date|Period
        value[x] ? boolean|string|Quantity|Attachment|Reference
        reason ? CodeableConcept
        =Claim.diagnosis BackboneElement
        sequence 1 positiveInt
        diagnosis[x] 1 CodeableConcept|Reference > Condition
        type * CodeableConcept
        onAdmission ? CodeableConcept
        packageCode ? CodeableConcept
        =Claim.procedure BackboneElement
        sequence 1 positiveInt
        type * CodeableConcept
        date ? dateTime
        procedure[x] 1 CodeableConcept|Reference > Procedure
        udi * Reference > Device
        =Claim.insurance BackboneElement
        sequence 1 positiveInt s
        focal 1 boolean s
        identifier ? Identifier
        coverage 1 Reference s > Coverage
        businessArrangement ? string
        preAuthRef * string
        claimResponse ? Reference > ClaimResponse
        =Claim.accident BackboneElement
        date 1 date
        type ? CodeableConcept
        location[x] ? Address|Reference > Location
        =Claim.item BackboneElement
        sequence 1 positiveInt
        careTeamSequence * positiveInt
        diagnosisSequence * positiveInt
        procedureSequence * positiveInt
        informationSequence * positiveInt
        revenue ? CodeableConcept
        category ? CodeableConcept
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        serviced[x] ? date|Period
        location[x] ? CodeableConcept|Address|Reference > Location
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        udi * Reference > Device
        bodySite ? CodeableConcept
        subSite * CodeableConcept
        encounter * Reference > Encounter
        detail * .
        =Claim.item.detail BackboneElement
        sequence 1 positiveInt
        revenue ? CodeableConcept
        category ? CodeableConcept
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        udi * Reference > Device
        subDetail * .
        =Claim.item.detail.subDetail BackboneElement
        sequence 1 positiveInt
        revenue ? CodeableConcept
        category ? CodeableConcept
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        udi * Reference > Device
        =ClaimResponse DomainResource
        identifier * Identifier
        status 1 code=fm-status sm
        type 1 CodeableConcept s
        subType ? CodeableConcept
        use 1 code=claim-use s
        patient 1 Reference s > Patient
        created 1 dateTime s
        insurer 1 Reference s > Organization
        requestor ? Reference > Practitioner PractitionerRole Organization
        request ? Reference s > Claim
        outcome 1 code=remittance-outcome s
        disposition ? string
        preAuthRef ? string
        preAuthPeriod ? Period
        payeeType ? CodeableConcept
        item * .
        addItem * .
        adjudication * ClaimResponse.item.adjudication
        total * . s
        payment ? .
        fundsReserve ? CodeableConcept
        formCode ? CodeableConcept
        form ? Attachment
        processNote * .
        communicationRequest * Reference > CommunicationRequest
        insurance * .
        error * .
        =ClaimResponse.item BackboneElement
        itemSequence 1 positiveInt
        noteNumber * positiveInt
        adjudication + .
        detail * .
        =ClaimResponse.item.adjudication BackboneElement
        category 1 CodeableConcept
        reason ? CodeableConcept
        amount ? Money
        value ? decimal
        =ClaimResponse.item.detail BackboneElement
        detailSequence 1 positiveInt
        noteNumber * positiveInt
        adjudication + ClaimResponse.item.adjudication
        subDetail * .
        =ClaimResponse.item.detail.subDetail BackboneElement
        subDetailSequence 1 positiveInt
        noteNumber * positiveInt
        adjudication * ClaimResponse.item.adjudication
        =ClaimResponse.addItem BackboneElement
        itemSequence * positiveInt
        detailSequence * positiveInt
        subdetailSequence * positiveInt
        provider * Reference > Practitioner PractitionerRole Organization
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        serviced[x] ? date|Period
        location[x] ? CodeableConcept|Address|Reference > Location
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        bodySite ? CodeableConcept
        subSite * CodeableConcept
        noteNumber * positiveInt
        adjudication + ClaimResponse.item.adjudication
        detail * .
        =ClaimResponse.addItem.detail BackboneElement
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        noteNumber * positiveInt
        adjudication + ClaimResponse.item.adjudication
        subDetail * .
        =ClaimResponse.addItem.detail.subDetail BackboneElement
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        noteNumber * positiveInt
        adjudication + ClaimResponse.item.adjudication
        =ClaimResponse.total BackboneElement
        category 1 CodeableConcept s
        amount 1 Money s
        =ClaimResponse.payment BackboneElement
        type 1 CodeableConcept
        adjustment ? Money
        adjustmentReason ? CodeableConcept
        date ? date
        amount 1 Money
        identifier ? Identifier
        =ClaimResponse.processNote BackboneElement
        number ? positiveInt
        type ? code=note-type
        text 1 string
        language ? CodeableConcept
        =ClaimResponse.insurance BackboneElement
        sequence 1 positiveInt
        focal 1 boolean
        coverage 1 Reference > Coverage
        businessArrangement ? string
        claimResponse ? Reference > ClaimResponse
        =ClaimResponse.error BackboneElement
        itemSequence ? positiveInt
        detailSequence ? positiveInt
        subDetailSequence ? positiveInt
        code 1 CodeableConcept
        =ClinicalImpression DomainResource
        identifier * Identifier s
        status 1 code=clinicalimpression-status sm
        statusReason ? CodeableConcept
        code ? CodeableConcept s
        description ? string s
        subject 1 Reference s > Patient Group
        encounter ? Reference s > Encounter
        effective[x] ? dateTime|Period s
        date ? dateTime s
        assessor ? Reference s > Practitioner PractitionerRole
        previous ? Reference > ClinicalImpression
        problem * Reference s > Condition AllergyIntolerance
        investigation * .
        protocol * uri
        summary ? string
        finding * .
        prognosisCodeableConcept * CodeableConcept
        prognosisReference * Reference > RiskAssessment
        supportingInfo * Reference
        note * Annotation
        =ClinicalImpression.investigation BackboneElement
        code 1 CodeableConcept
        item * Reference > Observation QuestionnaireResponse FamilyMemberHistory DiagnosticReport RiskAssessment
         ImagingStudy Media
        =ClinicalImpression.finding BackboneElement
        itemCodeableConcept ? CodeableConcept
        itemReference ? Reference > Condition Observation Media
        basis ? string
        =CodeSystem DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown
        caseSensitive ? boolean s
        valueSet ? canonical s
        hierarchyMeaning ? code=codesystem-hierarchy-meaning s
        compositional ? boolean s
        versionNeeded ? boolean s
        content 1 code=codesystem-content-mode s
        supplements ? canonical s
        count ? unsignedInt s
        filter * . s
        property * . s
        concept * .
        =CodeSystem.filter BackboneElement
        code 1 code s
        description ? string s
        operator + code=filter-operator s
        value 1 string s
        =CodeSystem.property BackboneElement
        code 1 code s
        uri ? uri s
        description ? string s
        type 1 code=concept-property-type s
        =CodeSystem.concept BackboneElement
        code 1 code
        display ? string
        definition ? string
        designation * .
        property * .
        concept * CodeSystem.concept
        =CodeSystem.concept.designation BackboneElement
        language ? code
        use ? Coding
        value 1 string
        =CodeSystem.concept.property BackboneElement
        code 1 code
        value[x] 1 code|Coding|string|integer|boolean|dateTime|decimal
        =Communication DomainResource
        identifier * Identifier s
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        basedOn * Reference s
        partOf * Reference s
        inResponseTo * Reference > Communication
        status 1 code=event-status sm
        statusReason ? CodeableConcept s
        category * CodeableConcept
        priority ? code=request-priority s
        medium * CodeableConcept
        subject ? Reference s > Patient Group
        topic ? CodeableConcept
        about * Reference
        encounter ? Reference s > Encounter
        sent ? dateTime
        received ? dateTime
        recipient * Reference > Device Organization Patient Practitioner PractitionerRole RelatedPerson Group CareTeam
         HealthcareService
        sender ? Reference > Device Organization Patient Practitioner PractitionerRole RelatedPerson HealthcareService
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation DiagnosticReport DocumentReference
        payload * .
        note * Annotation
        =Communication.payload BackboneElement
        content[x] 1 string|Attachment|Reference
        =CommunicationRequest DomainResource
        identifier * Identifier s
        basedOn * Reference s
        replaces * Reference s > CommunicationRequest
        groupIdentifier ? Identifier s
        status 1 code=request-status sm
        statusReason ? CodeableConcept
        category * CodeableConcept
        priority ? code=request-priority s
        doNotPerform ? boolean sm
        medium * CodeableConcept
        subject ? Reference > Patient Group
        about * Reference
        encounter ? Reference s > Encounter
        payload * .
        occurrence[x] ? dateTime|Period s
        authoredOn ? dateTime s
        requester ? Reference s > Practitioner PractitionerRole Organization Patient RelatedPerson Device
        recipient * Reference > Device Organization Patient Practitioner PractitionerRole RelatedPerson Group CareTeam
         HealthcareService
        sender ? Reference s > Device Organization Patient Practitioner PractitionerRole RelatedPerson
         HealthcareService
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation DiagnosticReport DocumentReference
        note * Annotation
        =CommunicationRequest.payload BackboneElement
        content[x] 1 string|Attachment|Reference
        =CompartmentDefinition DomainResource
        url 1 uri s
        version ? string s
        name 1 string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        purpose ? markdown
        code 1 code=compartment-type s
        search 1 boolean s
        resource * . s
        =CompartmentDefinition.resource BackboneElement
        code 1 code=resource-types s
        param * string s
        documentation ? string
        =Composition DomainResource
        identifier ? Identifier s
        status 1 code=composition-status sm
        type 1 CodeableConcept s
        category * CodeableConcept s
        subject ? Reference s
        encounter ? Reference s > Encounter
        date 1 dateTime s
        author + Reference s > Practitioner PractitionerRole Device Patient RelatedPerson Organization
        title 1 string s
        confidentiality ? code=v3-ConfidentialityClassification s
        attester * .
        custodian ? Reference s > Organization
        relatesTo * .
        event * . s
        section * .
        =Composition.attester BackboneElement
        mode 1 code=composition-attestation-mode
        time ? dateTime
        party ? Reference > Patient RelatedPerson Practitioner PractitionerRole Organization
        =Composition.relatesTo BackboneElement
        code 1 code=document-relationship-type
        target[x] 1 Identifier|Reference > Composition
        =Composition.event BackboneElement
        code * CodeableConcept s
        period ? Period s
        detail * Reference s
        =Composition.section BackboneElement
        title ? string
        code ? CodeableConcept
        author * Reference > Practitioner PractitionerRole Device Patient RelatedPerson Organization
        focus ? Reference
        text ? Narrative
        mode ? code=list-mode
        orderedBy ? CodeableConcept
        entry * Reference
        emptyReason ? CodeableConcept
        section * Composition.section
        =ConceptMap DomainResource
        url ? uri s
        identifier ? Identifier s
        version ? string s
        name ? string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown
        source[x] ? uri|canonical s
        target[x] ? uri|canonical s
        group * .
        =ConceptMap.group BackboneElement
        source ? uri
        sourceVersion ? string
        target ? uri
        targetVersion ? string
        element + .
        unmapped ? .
        =ConceptMap.group.element BackboneElement
        code ? code
        display ? string
        target * .
        =ConceptMap.group.element.target BackboneElement
        code ? code
        display ? string
        equivalence 1 code=concept-map-equivalence m
        comment ? string
        dependsOn * .
        product * ConceptMap.group.element.target.dependsOn
        =ConceptMap.group.element.target.dependsOn BackboneElement
        property 1 uri
        system ? canonical
        value 1 string
        display ? string
        =ConceptMap.group.unmapped BackboneElement
        mode 1 code=conceptmap-unmapped-mode
        code ? code
        display ? string
        url ? canonical
        =Condition DomainResource
        identifier * Identifier s
        clinicalStatus ? CodeableConcept=condition-clinical! sm
        verificationStatus ? CodeableConcept=condition-ver-status! sm
        category * CodeableConcept
        severity ? CodeableConcept
        code ? CodeableConcept s
        bodySite * CodeableConcept s
        subject 1 Reference s > Patient Group
        encounter ? Reference s > Encounter
        onset[x] ? dateTime|Age|Period|Range|string s
        abatement[x] ? dateTime|Age|Period|Range|string
        recordedDate ? dateTime s
        recorder ? Reference s > Practitioner PractitionerRole Patient RelatedPerson
        asserter ? Reference s > Practitioner PractitionerRole Patient RelatedPerson
        stage * .
        evidence * .
        note * Annotation
        =Condition.stage BackboneElement
        summary ? CodeableConcept
        assessment * Reference > ClinicalImpression DiagnosticReport Observation
        type ? CodeableConcept
        =Condition.evidence BackboneElement
        code * CodeableConcept s
        detail * Reference s
        =Consent DomainResource
        identifier * Identifier s
        status 1 code=consent-state-codes sm
        scope 1 CodeableConcept sm
        category + CodeableConcept s
        patient ? Reference s > Patient
        dateTime ? dateTime s
        performer * Reference s > Organization Patient Practitioner RelatedPerson PractitionerRole
        organization * Reference s > Organization
        source[x] ? Attachment|Reference s > Consent DocumentReference Contract QuestionnaireResponse
        policy * .
        policyRule ? CodeableConcept s
        verification * . s
        provision ? . s
        =Consent.policy BackboneElement
        authority ? uri
        uri ? uri
        =Consent.verification BackboneElement
        verified 1 boolean s
        verifiedWith ? Reference > Patient RelatedPerson
        verificationDate ? dateTime
        =Consent.provision BackboneElement
        type ? code=consent-provision-type s
        period ? Period s
        actor * .
        action * CodeableConcept s
        securityLabel * Coding s
        purpose * Coding s
        class * Coding s
        code * CodeableConcept s
        dataPeriod ? Period s
        data * . s
        provision * Consent.provision
        =Consent.provision.actor BackboneElement
        role 1 CodeableConcept
        reference 1 Reference > Device Group CareTeam Organization Patient Practitioner RelatedPerson PractitionerRole
        =Consent.provision.data BackboneElement
        meaning 1 code=consent-data-meaning s
        reference 1 Reference s
        =Contract DomainResource
        identifier * Identifier s
        url ? uri
        version ? string s
        status ? code=contract-status sm
        legalState ? CodeableConcept
        instantiatesCanonical ? Reference > Contract
        instantiatesUri ? uri
        contentDerivative ? CodeableConcept
        issued ? dateTime s
        applies ? Period s
        expirationType ? CodeableConcept
        subject * Reference s
        authority * Reference > Organization
        domain * Reference > Location
        site * Reference > Location
        name ? string s
        title ? string s
        subtitle ? string
        alias * string
        author ? Reference > Patient Practitioner PractitionerRole Organization
        scope ? CodeableConcept
        topic[x] ? CodeableConcept|Reference
        type ? CodeableConcept s
        subType * CodeableConcept s
        contentDefinition ? .
        term * .
        supportingInfo * Reference
        relevantHistory * Reference > Provenance
        signer * .
        friendly * .
        legal * .
        rule * .
        legallyBinding[x] ? Attachment|Reference > Composition DocumentReference QuestionnaireResponse Contract
        =Contract.contentDefinition BackboneElement
        type 1 CodeableConcept
        subType ? CodeableConcept
        publisher ? Reference > Practitioner PractitionerRole Organization
        publicationDate ? dateTime
        publicationStatus 1 code=contract-publicationstatus
        copyright ? markdown
        =Contract.term BackboneElement
        identifier ? Identifier s
        issued ? dateTime s
        applies ? Period s
        topic[x] ? CodeableConcept|Reference
        type ? CodeableConcept
        subType ? CodeableConcept
        text ? string s
        securityLabel * .
        offer 1 .
        asset * .
        action * .
        group * Contract.term
        =Contract.term.securityLabel BackboneElement
        number * unsignedInt
        classification 1 Coding
        category * Coding
        control * Coding
        =Contract.term.offer BackboneElement
        identifier * Identifier
        party * .
        topic ? Reference s
        type ? CodeableConcept
        decision ? CodeableConcept
        decisionMode * CodeableConcept
        answer * .
        text ? string
        linkId * string
        securityLabelNumber * unsignedInt
        =Contract.term.offer.party BackboneElement
        reference + Reference > Patient RelatedPerson Practitioner PractitionerRole Device Group Organization
        role 1 CodeableConcept
        =Contract.term.offer.answer BackboneElement
        value[x] 1 boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|Coding|Quantity|Reference
        =Contract.term.asset BackboneElement
        scope ? CodeableConcept
        type * CodeableConcept
        typeReference * Reference
        subtype * CodeableConcept
        relationship ? Coding
        context * .
        condition ? string
        periodType * CodeableConcept
        period * Period
        usePeriod * Period
        text ? string
        linkId * string
        answer * Contract.term.offer.answer
        securityLabelNumber * unsignedInt
        valuedItem * .
        =Contract.term.asset.context BackboneElement
        reference ? Reference
        code * CodeableConcept
        text ? string
        =Contract.term.asset.valuedItem BackboneElement
        entity[x] ? CodeableConcept|Reference
        identifier ? Identifier
        effectiveTime ? dateTime
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        points ? decimal
        net ? Money
        payment ? string
        paymentDate ? dateTime
        responsible ? Reference > Organization Patient Practitioner PractitionerRole RelatedPerson
        recipient ? Reference > Organization Patient Practitioner PractitionerRole RelatedPerson
        linkId * string
        securityLabelNumber * unsignedInt
        =Contract.term.action BackboneElement
        doNotPerform ? boolean m
        type 1 CodeableConcept
        subject * .
        intent 1 CodeableConcept
        linkId * string
        status 1 CodeableConcept
        context ? Reference > Encounter EpisodeOfCare
        contextLinkId * string
        occurrence[x] ? dateTime|Period|Timing
        requester * Reference > Patient RelatedPerson Practitioner PractitionerRole Device Group Organization
        requesterLinkId * string
        performerType * CodeableConcept
        performerRole ? CodeableConcept
        performer ? Reference > RelatedPerson Patient Practitioner PractitionerRole CareTeam Device Substance
         Organization Location
        performerLinkId * string
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport DocumentReference Questionnaire
         QuestionnaireResponse
        reason * string
        reasonLinkId * string
        note * Annotation
        securityLabelNumber * unsignedInt
        =Contract.term.action.subject BackboneElement
        reference + Reference > Patient RelatedPerson Practitioner PractitionerRole Device Group Organization
        role ? CodeableConcept
        =Contract.signer BackboneElement
        type 1 Coding
        party 1 Reference > Organization Patient Practitioner PractitionerRole RelatedPerson
        signature + Signature
        =Contract.friendly BackboneElement
        content[x] 1 Attachment|Reference > Composition DocumentReference QuestionnaireResponse
        =Contract.legal BackboneElement
        content[x] 1 Attachment|Reference > Composition DocumentReference QuestionnaireResponse
        =Contract.rule BackboneElement
        content[x] 1 Attachment|Reference > DocumentReference
        =Coverage DomainResource
        identifier * Identifier s
        status 1 code=fm-status sm
        type ? CodeableConcept s
        policyHolder ? Reference s > Patient RelatedPerson Organization
        subscriber ? Reference s > Patient RelatedPerson
        subscriberId ? string s
        beneficiary 1 Reference s > Patient
        dependent ? string s
        relationship ? CodeableConcept
        period ? Period s
        payor + Reference s > Organization Patient RelatedPerson
        class * .
        order ? positiveInt s
        network ? string s
        costToBeneficiary * .
        subrogation ? boolean
        contract * Reference > Contract
        =Coverage.class BackboneElement
        type 1 CodeableConcept s
        value 1 string s
        name ? string s
        =Coverage.costToBeneficiary BackboneElement
        type ? CodeableConcept s
        value[x] 1 Quantity|Money s
        exception * .
        =Coverage.costToBeneficiary.exception BackboneElement
        type 1 CodeableConcept s
        period ? Period s
        =CoverageEligibilityRequest DomainResource
        identifier * Identifier
        status 1 code=fm-status sm
        priority ? CodeableConcept
        purpose + code=eligibilityrequest-purpose s
        patient 1 Reference s > Patient
        serviced[x] ? date|Period
        created 1 dateTime s
        enterer ? Reference > Practitioner PractitionerRole
        provider ? Reference > Practitioner PractitionerRole Organization
        insurer 1 Reference s > Organization
        facility ? Reference > Location
        supportingInfo * .
        insurance * .
        item * .
        =CoverageEligibilityRequest.supportingInfo BackboneElement
        sequence 1 positiveInt
        information 1 Reference
        appliesToAll ? boolean
        =CoverageEligibilityRequest.insurance BackboneElement
        focal ? boolean
        coverage 1 Reference > Coverage
        businessArrangement ? string
        =CoverageEligibilityRequest.item BackboneElement
        supportingInfoSequence * positiveInt
        category ? CodeableConcept
        productOrService ? CodeableConcept
        modifier * CodeableConcept
        provider ? Reference > Practitioner PractitionerRole
        quantity ? Quantity
        unitPrice ? Money
        facility ? Reference > Location Organization
        diagnosis * .
        detail * Reference
        =CoverageEligibilityRequest.item.diagnosis BackboneElement
        diagnosis[x] ? CodeableConcept|Reference > Condition
        =CoverageEligibilityResponse DomainResource
        identifier * Identifier
        status 1 code=fm-status sm
        purpose + code=eligibilityresponse-purpose s
        patient 1 Reference s > Patient
        serviced[x] ? date|Period
        created 1 dateTime s
        requestor ? Reference > Practitioner PractitionerRole Organization
        request 1 Reference s > CoverageEligibilityRequest
        outcome 1 code=remittance-outcome s
        disposition ? string
        insurer 1 Reference s > Organization
        insurance * .
        preAuthRef ? string
        form ? CodeableConcept
        error * .
        =CoverageEligibilityResponse.insurance BackboneElement
        coverage 1 Reference s > Coverage
        inforce ? boolean
        benefitPeriod ? Period
        item * .
        =CoverageEligibilityResponse.insurance.item BackboneElement
        category ? CodeableConcept
        productOrService ? CodeableConcept
        modifier * CodeableConcept
        provider ? Reference > Practitioner PractitionerRole
        excluded ? boolean
        name ? string
        description ? string
        network ? CodeableConcept
        unit ? CodeableConcept
        term ? CodeableConcept
        benefit * .
        authorizationRequired ? boolean
        authorizationSupporting * CodeableConcept
        authorizationUrl ? uri
        =CoverageEligibilityResponse.insurance.item.benefit BackboneElement
        type 1 CodeableConcept
        allowed[x] ? unsignedInt|string|Money
        used[x] ? unsignedInt|string|Money
        =CoverageEligibilityResponse.error BackboneElement
        code 1 CodeableConcept
        =DetectedIssue DomainResource
        identifier * Identifier s
        status 1 code=observation-status sm
        code ? CodeableConcept s
        severity ? code=detectedissue-severity s
        patient ? Reference s > Patient
        identified[x] ? dateTime|Period s
        author ? Reference s > Practitioner PractitionerRole Device
        implicated * Reference s
        evidence * .
        detail ? string
        reference ? uri
        mitigation * .
        =DetectedIssue.evidence BackboneElement
        code * CodeableConcept
        detail * Reference
        =DetectedIssue.mitigation BackboneElement
        action 1 CodeableConcept
        date ? dateTime
        author ? Reference > Practitioner PractitionerRole
        =Device DomainResource
        identifier * Identifier
        definition ? Reference > DeviceDefinition
        udiCarrier * . s
        status ? code=device-status sm
        statusReason * CodeableConcept
        distinctIdentifier ? string
        manufacturer ? string
        manufactureDate ? dateTime
        expirationDate ? dateTime
        lotNumber ? string
        serialNumber ? string
        deviceName * .
        modelNumber ? string
        partNumber ? string
        type ? CodeableConcept
        specialization * .
        version * .
        property * .
        patient ? Reference > Patient
        owner ? Reference > Organization
        contact * ContactPoint
        location ? Reference > Location
        url ? uri
        note * Annotation
        safety * CodeableConcept s
        parent ? Reference > Device
        =Device.udiCarrier BackboneElement
        deviceIdentifier ? string s
        issuer ? uri
        jurisdiction ? uri
        carrierAIDC ? base64Binary s
        carrierHRF ? string s
        entryType ? code=udi-entry-type
        =Device.deviceName BackboneElement
        name 1 string
        type 1 code=device-nametype
        =Device.specialization BackboneElement
        systemType 1 CodeableConcept
        version ? string
        =Device.version BackboneElement
        type ? CodeableConcept
        component ? Identifier
        value 1 string
        =Device.property BackboneElement
        type 1 CodeableConcept
        valueQuantity * Quantity
        valueCode * CodeableConcept
        =DeviceDefinition DomainResource
        identifier * Identifier
        udiDeviceIdentifier * .
        manufacturer[x] ? string|Reference > Organization
        deviceName * .
        modelNumber ? string
        type ? CodeableConcept
        specialization * .
        version * string
        safety * CodeableConcept s
        shelfLifeStorage * ProductShelfLife
        physicalCharacteristics ? ProdCharacteristic
        languageCode * CodeableConcept
        capability * .
        property * .
        owner ? Reference > Organization
        contact * ContactPoint
        url ? uri
        onlineInformation ? uri
        note * Annotation
        quantity ? Quantity
        parentDevice ? Reference s > DeviceDefinition
        material * .
        =DeviceDefinition.udiDeviceIdentifier BackboneElement
        deviceIdentifier 1 string
        issuer 1 uri
        jurisdiction 1 uri
        =DeviceDefinition.deviceName BackboneElement
        name 1 string
        type 1 code=device-nametype
        =DeviceDefinition.specialization BackboneElement
        systemType 1 string
        version ? string
        =DeviceDefinition.capability BackboneElement
        type 1 CodeableConcept
        description * CodeableConcept
        =DeviceDefinition.property BackboneElement
        type 1 CodeableConcept
        valueQuantity * Quantity
        valueCode * CodeableConcept
        =DeviceDefinition.material BackboneElement
        substance 1 CodeableConcept
        alternate ? boolean
        allergenicIndicator ? boolean
        =DeviceMetric DomainResource
        identifier * Identifier s
        type 1 CodeableConcept s
        unit ? CodeableConcept s
        source ? Reference s > Device
        parent ? Reference s > Device
        operationalStatus ? code=metric-operational-status s
        color ? code=metric-color s
        category 1 code=metric-category s
        measurementPeriod ? Timing s
        calibration * . s
        =DeviceMetric.calibration BackboneElement
        type ? code=metric-calibration-type s
        state ? code=metric-calibration-state s
        time ? instant s
        =DeviceRequest DomainResource
        identifier * Identifier s
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        basedOn * Reference s
        priorRequest * Reference s
        groupIdentifier ? Identifier s
        status ? code=request-status sm
        intent 1 code=request-intent sm
        priority ? code=request-priority s
        code[x] 1 Reference|CodeableConcept s > Device
        parameter * .
        subject 1 Reference s > Patient Group Location Device
        encounter ? Reference s > Encounter
        occurrence[x] ? dateTime|Period|Timing s
        authoredOn ? dateTime s
        requester ? Reference s > Device Practitioner PractitionerRole Organization
        performerType ? CodeableConcept s
        performer ? Reference s > Practitioner PractitionerRole Organization CareTeam HealthcareService Patient Device
         RelatedPerson
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation DiagnosticReport DocumentReference
        insurance * Reference > Coverage ClaimResponse
        supportingInfo * Reference
        note * Annotation
        relevantHistory * Reference > Provenance
        =DeviceRequest.parameter BackboneElement
        code ? CodeableConcept
        value[x] ? CodeableConcept|Quantity|Range|boolean
        =DeviceUseStatement DomainResource
        identifier * Identifier s
        basedOn * Reference s > ServiceRequest
        status 1 code=device-statement-status sm
        subject 1 Reference s > Patient Group
        derivedFrom * Reference s > ServiceRequest Procedure Claim Observation QuestionnaireResponse DocumentReference
        timing[x] ? Timing|Period|dateTime s
        recordedOn ? dateTime s
        source ? Reference s > Patient Practitioner PractitionerRole RelatedPerson
        device 1 Reference s > Device
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation DiagnosticReport DocumentReference Media
        bodySite ? CodeableConcept s
        note * Annotation
        =DiagnosticReport DomainResource
        identifier * Identifier s
        basedOn * Reference > CarePlan ImmunizationRecommendation MedicationRequest NutritionOrder ServiceRequest
        status 1 code=diagnostic-report-status sm
        category * CodeableConcept s
        code 1 CodeableConcept s
        subject ? Reference s > Patient Group Device Location
        encounter ? Reference s > Encounter
        effective[x] ? dateTime|Period s
        issued ? instant s
        performer * Reference s > Practitioner PractitionerRole Organization CareTeam
        resultsInterpreter * Reference s > Practitioner PractitionerRole Organization CareTeam
        specimen * Reference > Specimen
        result * Reference > Observation
        imagingStudy * Reference > ImagingStudy
        media * . s
        conclusion ? string
        conclusionCode * CodeableConcept
        presentedForm * Attachment
        =DiagnosticReport.media BackboneElement
        comment ? string
        link 1 Reference s > Media
        =DocumentManifest DomainResource
        masterIdentifier ? Identifier s
        identifier * Identifier s
        status 1 code=document-reference-status sm
        type ? CodeableConcept s
        subject ? Reference s > Patient Practitioner Group Device
        created ? dateTime
        author * Reference s > Practitioner PractitionerRole Organization Device Patient RelatedPerson
        recipient * Reference > Patient Practitioner PractitionerRole RelatedPerson Organization
        source ? uri
        description ? string s
        content + Reference s
        related * .
        =DocumentManifest.related BackboneElement
        identifier ? Identifier
        ref ? Reference
        =DocumentReference DomainResource
        masterIdentifier ? Identifier s
        identifier * Identifier s
        status 1 code=document-reference-status sm
        docStatus ? code=composition-status s
        type ? CodeableConcept s
        category * CodeableConcept s
        subject ? Reference s > Patient Practitioner Group Device
        date ? instant s
        author * Reference s > Practitioner PractitionerRole Organization Device Patient RelatedPerson
        authenticator ? Reference > Practitioner PractitionerRole Organization
        custodian ? Reference > Organization
        relatesTo * . s
        description ? string s
        securityLabel * CodeableConcept s
        content + . s
        context ? . s
        =DocumentReference.relatesTo BackboneElement
        code 1 code=document-relationship-type s
        target 1 Reference s > DocumentReference
        =DocumentReference.content BackboneElement
        attachment 1 Attachment s
        format ? Coding s
        =DocumentReference.context BackboneElement
        encounter * Reference > Encounter EpisodeOfCare
        event * CodeableConcept
        period ? Period s
        facilityType ? CodeableConcept
        practiceSetting ? CodeableConcept
        sourcePatientInfo ? Reference > Patient
        related * Reference
        =EffectEvidenceSynthesis DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        status 1 code=publication-status sm
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        note * Annotation
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        synthesisType ? CodeableConcept
        studyType ? CodeableConcept
        population 1 Reference s > EvidenceVariable
        exposure 1 Reference s > EvidenceVariable
        exposureAlternative 1 Reference s > EvidenceVariable
        outcome 1 Reference s > EvidenceVariable
        sampleSize ? .
        resultsByExposure * .
        effectEstimate * . s
        certainty * .
        =EffectEvidenceSynthesis.sampleSize BackboneElement
        description ? string
        numberOfStudies ? integer
        numberOfParticipants ? integer
        =EffectEvidenceSynthesis.resultsByExposure BackboneElement
        description ? string
        exposureState ? code=exposure-state
        variantState ? CodeableConcept
        riskEvidenceSynthesis 1 Reference > RiskEvidenceSynthesis
        =EffectEvidenceSynthesis.effectEstimate BackboneElement
        description ? string
        type ? CodeableConcept
        variantState ? CodeableConcept
        value ? decimal
        unitOfMeasure ? CodeableConcept
        precisionEstimate * .
        =EffectEvidenceSynthesis.effectEstimate.precisionEstimate BackboneElement
        type ? CodeableConcept
        level ? decimal
        from ? decimal
        to ? decimal
        =EffectEvidenceSynthesis.certainty BackboneElement
        rating * CodeableConcept
        note * Annotation
        certaintySubcomponent * .
        =EffectEvidenceSynthesis.certainty.certaintySubcomponent BackboneElement
        type ? CodeableConcept
        rating * CodeableConcept
        note * Annotation
        =Encounter DomainResource
        identifier * Identifier s
        status 1 code=encounter-status sm
        statusHistory * .
        class 1 Coding s
        classHistory * .
        type * CodeableConcept s
        serviceType ? CodeableConcept s
        priority ? CodeableConcept
        subject ? Reference s > Patient Group
        episodeOfCare * Reference s > EpisodeOfCare
        basedOn * Reference > ServiceRequest
        participant * . s
        appointment * Reference s > Appointment
        period ? Period
        length ? Duration
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Procedure Observation ImmunizationRecommendation
        diagnosis * . s
        account * Reference > Account
        hospitalization ? .
        location * .
        serviceProvider ? Reference > Organization
        partOf ? Reference > Encounter
        =Encounter.statusHistory BackboneElement
        status 1 code=encounter-status
        period 1 Period
        =Encounter.classHistory BackboneElement
        class 1 Coding
        period 1 Period
        =Encounter.participant BackboneElement
        type * CodeableConcept s
        period ? Period
        individual ? Reference s > Practitioner PractitionerRole RelatedPerson
        =Encounter.diagnosis BackboneElement
        condition 1 Reference s > Condition Procedure
        use ? CodeableConcept
        rank ? positiveInt
        =Encounter.hospitalization BackboneElement
        preAdmissionIdentifier ? Identifier
        origin ? Reference > Location Organization
        admitSource ? CodeableConcept
        reAdmission ? CodeableConcept
        dietPreference * CodeableConcept
        specialCourtesy * CodeableConcept
        specialArrangement * CodeableConcept
        destination ? Reference > Location Organization
        dischargeDisposition ? CodeableConcept
        =Encounter.location BackboneElement
        location 1 Reference > Location
        status ? code=encounter-location-status
        physicalType ? CodeableConcept
        period ? Period
        =Endpoint DomainResource
        identifier * Identifier s
        status 1 code=endpoint-status sm
        connectionType 1 Coding s
        name ? string s
        managingOrganization ? Reference s > Organization
        contact * ContactPoint
        period ? Period s
        payloadType + CodeableConcept s
        payloadMimeType * code s
        address 1 url s
        header * string
        =EnrollmentRequest DomainResource
        identifier * Identifier
        status ? code=fm-status sm
        created ? dateTime
        insurer ? Reference > Organization
        provider ? Reference > Practitioner PractitionerRole Organization
        candidate ? Reference > Patient
        coverage ? Reference > Coverage
        =EnrollmentResponse DomainResource
        identifier * Identifier
        status ? code=fm-status sm
        request ? Reference > EnrollmentRequest
        outcome ? code=remittance-outcome
        disposition ? string
        created ? dateTime
        organization ? Reference > Organization
        requestProvider ? Reference > Practitioner PractitionerRole Organization
        =EpisodeOfCare DomainResource
        identifier * Identifier
        status 1 code=episode-of-care-status sm
        statusHistory * .
        type * CodeableConcept s
        diagnosis * . s
        patient 1 Reference s > Patient
        managingOrganization ? Reference s > Organization
        period ? Period s
        referralRequest * Reference > ServiceRequest
        careManager ? Reference > Practitioner PractitionerRole
        team * Reference > CareTeam
        account * Reference > Account
        =EpisodeOfCare.statusHistory BackboneElement
        status 1 code=episode-of-care-status
        period 1 Period
        =EpisodeOfCare.diagnosis BackboneElement
        condition 1 Reference s > Condition
        role ? CodeableConcept s
        rank ? positiveInt s
        =EventDefinition DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        subtitle ? string
        status 1 code=publication-status sm
        experimental ? boolean s
        subject[x] ? CodeableConcept|Reference > Group
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        usage ? string
        copyright ? markdown
        approvalDate ? date s
        lastReviewDate ? date s
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        trigger + TriggerDefinition s
        =Evidence DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        shortTitle ? string
        subtitle ? string
        status 1 code=publication-status sm
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        note * Annotation
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        exposureBackground 1 Reference s > EvidenceVariable
        exposureVariant * Reference s > EvidenceVariable
        outcome * Reference s > EvidenceVariable
        =EvidenceVariable DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        shortTitle ? string s
        subtitle ? string
        status 1 code=publication-status sm
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        note * Annotation
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        type ? code=variable-type s
        characteristic + . s
        =EvidenceVariable.characteristic BackboneElement
        description ? string
        definition[x] 1 Reference|canonical|CodeableConcept|Expression|DataRequirement|TriggerDefinition s > Group
        usageContext * UsageContext
        exclude ? boolean
        participantEffective[x] ? dateTime|Period|Duration|Timing
        timeFromStart ? Duration
        groupMeasure ? code=group-measure
        =ExampleScenario DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        copyright ? markdown
        purpose ? markdown
        actor * .
        instance * .
        process * .
        workflow * canonical
        =ExampleScenario.actor BackboneElement
        actorId 1 string
        type 1 code=examplescenario-actor-type
        name ? string
        description ? markdown
        =ExampleScenario.instance BackboneElement
        resourceId 1 string
        resourceType 1 code=resource-types
        name ? string
        description ? markdown
        version * .
        containedInstance * .
        =ExampleScenario.instance.version BackboneElement
        versionId 1 string
        description 1 markdown
        =ExampleScenario.instance.containedInstance BackboneElement
        resourceId 1 string
        versionId ? string
        =ExampleScenario.process BackboneElement
        title 1 string s
        description ? markdown
        preConditions ? markdown
        postConditions ? markdown
        step * .
        =ExampleScenario.process.step BackboneElement
        process * ExampleScenario.process
        pause ? boolean
        operation ? .
        alternative * .
        =ExampleScenario.process.step.operation BackboneElement
        number 1 string
        type ? string
        name ? string
        initiator ? string
        receiver ? string
        description ? markdown
        initiatorActive ? boolean
        receiverActive ? boolean
        request ? ExampleScenario.instance.containedInstance
        response ? ExampleScenario.instance.containedInstance
        =ExampleScenario.process.step.alternative BackboneElement
        title 1 string
        description ? markdown
        step * ExampleScenario.process.step
        =ExplanationOfBenefit DomainResource
        identifier * Identifier
        status 1 code=explanationofbenefit-status sm
        type 1 CodeableConcept s
        subType ? CodeableConcept
        use 1 code=claim-use s
        patient 1 Reference s > Patient
        billablePeriod ? Period s
        created 1 dateTime s
        enterer ? Reference > Practitioner PractitionerRole
        insurer 1 Reference s > Organization
        provider 1 Reference s > Practitioner PractitionerRole Organization
        priority ? CodeableConcept
        fundsReserveRequested ? CodeableConcept
        fundsReserve ? CodeableConcept
        related * .
        prescription ? Reference > MedicationRequest VisionPrescription
        originalPrescription ? Reference > MedicationRequest
        payee ? .
        referral ? Reference > ServiceRequest
        facility ? Reference > Location
        claim ? Reference > Claim
        claimResponse ? Reference > ClaimResponse
        outcome 1 code=remittance-outcome s
        disposition ? string
        preAuthRef * string
        preAuthRefPeriod * Period
        careTeam * .
        supportingInfo * .
        diagnosis * .
        procedure * .
        precedence ? positiveInt
        insurance + . s
        accident ? .
        item * .
        addItem * .
        adjudication * ExplanationOfBenefit.item.adjudication
        total * . s
        payment ? .
        formCode ? CodeableConcept
        form ? Attachment
        processNote * .
        benefitPeriod ? Period
        benefitBalance * .
        =ExplanationOfBenefit.related BackboneElement
        claim ? Reference > Claim
        relationship ? CodeableConcept
        reference ? Identifier
        =ExplanationOfBenefit.payee BackboneElement
        type ? CodeableConcept
        party ? Reference > Practitioner PractitionerRole Organization Patient RelatedPerson
        =ExplanationOfBenefit.careTeam BackboneElement
        sequence 1 positiveInt
        provider 1 Reference > Practitioner PractitionerRole Organization
        responsible ? boolean
        role ? CodeableConcept
        qualification ? CodeableConcept
        =ExplanationOfBenefit.supportingInfo BackboneElement
        sequence 1 positiveInt
        category 1 CodeableConcept
        code ? CodeableConcept
        timing[x] ? date|Period
        value[x] ? boolean|string|Quantity|Attachment|Reference
        reason ? Coding
        =ExplanationOfBenefit.diagnosis BackboneElement
        sequence 1 positiveInt
        diagnosis[x] 1 CodeableConcept|Reference > Condition
        type * CodeableConcept
        onAdmission ? CodeableConcept
        packageCode ? CodeableConcept
        =ExplanationOfBenefit.procedure BackboneElement
        sequence 1 positiveInt
        type * CodeableConcept
        date ? dateTime
        procedure[x] 1 CodeableConcept|Reference > Procedure
        udi * Reference > Device
        =ExplanationOfBenefit.insurance BackboneElement
        focal 1 boolean s
        coverage 1 Reference s > Coverage
        preAuthRef * string
        =ExplanationOfBenefit.accident BackboneElement
        date ? date
        type ? CodeableConcept
        location[x] ? Address|Reference > Location
        =ExplanationOfBenefit.item BackboneElement
        sequence 1 positiveInt
        careTeamSequence * positiveInt
        diagnosisSequence * positiveInt
        procedureSequence * positiveInt
        informationSequence * positiveInt
        revenue ? CodeableConcept
        category ? CodeableConcept
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        serviced[x] ? date|Period
        location[x] ? CodeableConcept|Address|Reference > Location
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        udi * Reference > Device
        bodySite ? CodeableConcept
        subSite * CodeableConcept
        encounter * Reference > Encounter
        noteNumber * positiveInt
        adjudication * .
        detail * .
        =ExplanationOfBenefit.item.adjudication BackboneElement
        category 1 CodeableConcept
        reason ? CodeableConcept
        amount ? Money
        value ? decimal
        =ExplanationOfBenefit.item.detail BackboneElement
        sequence 1 positiveInt
        revenue ? CodeableConcept
        category ? CodeableConcept
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        udi * Reference > Device
        noteNumber * positiveInt
        adjudication * ExplanationOfBenefit.item.adjudication
        subDetail * .
        =ExplanationOfBenefit.item.detail.subDetail BackboneElement
        sequence 1 positiveInt
        revenue ? CodeableConcept
        category ? CodeableConcept
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        udi * Reference > Device
        noteNumber * positiveInt
        adjudication * ExplanationOfBenefit.item.adjudication
        =ExplanationOfBenefit.addItem BackboneElement
        itemSequence * positiveInt
        detailSequence * positiveInt
        subDetailSequence * positiveInt
        provider * Reference > Practitioner PractitionerRole Organization
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        programCode * CodeableConcept
        serviced[x] ? date|Period
        location[x] ? CodeableConcept|Address|Reference > Location
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        bodySite ? CodeableConcept
        subSite * CodeableConcept
        noteNumber * positiveInt
        adjudication * ExplanationOfBenefit.item.adjudication
        detail * .
        =ExplanationOfBenefit.addItem.detail BackboneElement
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        noteNumber * positiveInt
        adjudication * ExplanationOfBenefit.item.adjudication
        subDetail * .
        =ExplanationOfBenefit.addItem.detail.subDetail BackboneElement
        productOrService 1 CodeableConcept
        modifier * CodeableConcept
        quantity ? Quantity
        unitPrice ? Money
        factor ? decimal
        net ? Money
        noteNumber * positiveInt
        adjudication * ExplanationOfBenefit.item.adjudication
        =ExplanationOfBenefit.total BackboneElement
        category 1 CodeableConcept s
        amount 1 Money s
        =ExplanationOfBenefit.payment BackboneElement
        type ? CodeableConcept
        adjustment ? Money
        adjustmentReason ? CodeableConcept
        date ? date
        amount ? Money
        identifier ? Identifier
        =ExplanationOfBenefit.processNote BackboneElement
        number ? positiveInt
        type ? code=note-type
        text ? string
        language ? CodeableConcept
        =ExplanationOfBenefit.benefitBalance BackboneElement
        category 1 CodeableConcept
        excluded ? boolean
        name ? string
        description ? string
        network ? CodeableConcept
        unit ? CodeableConcept
        term ? CodeableConcept
        financial * .
        =ExplanationOfBenefit.benefitBalance.financial BackboneElement
        type 1 CodeableConcept
        allowed[x] ? unsignedInt|string|Money
        used[x] ? unsignedInt|Money
        =FamilyMemberHistory DomainResource
        identifier * Identifier s
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        status 1 code=history-status sm
        dataAbsentReason ? CodeableConcept s
        patient 1 Reference s > Patient
        date ? dateTime s
        name ? string s
        relationship 1 CodeableConcept s
        sex ? CodeableConcept s
        born[x] ? Period|date|string
        age[x] ? Age|Range|string s
        estimatedAge ? boolean s
        deceased[x] ? boolean|Age|Range|date|string s
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation AllergyIntolerance QuestionnaireResponse
         DiagnosticReport DocumentReference
        note * Annotation
        condition * .
        =FamilyMemberHistory.condition BackboneElement
        code 1 CodeableConcept
        outcome ? CodeableConcept
        contributedToDeath ? boolean
        onset[x] ? Age|Range|Period|string
        note * Annotation
        =Flag DomainResource
        identifier * Identifier s
        status 1 code=flag-status sm
        category * CodeableConcept s
        code 1 CodeableConcept s
        subject 1 Reference s > Patient Location Group Organization Practitioner PlanDefinition Medication Procedure
        period ? Period s
        encounter ? Reference s > Encounter
        author ? Reference s > Device Organization Patient Practitioner PractitionerRole
        =Goal DomainResource
        identifier * Identifier
        lifecycleStatus 1 code=goal-status sm
        achievementStatus ? CodeableConcept s
        category * CodeableConcept s
        priority ? CodeableConcept s
        description 1 CodeableConcept s
        subject 1 Reference s > Patient Group Organization
        start[x] ? date|CodeableConcept s
        target * .
        statusDate ? date s
        statusReason ? string
        expressedBy ? Reference s > Patient Practitioner PractitionerRole RelatedPerson
        addresses * Reference > Condition Observation MedicationStatement NutritionOrder ServiceRequest RiskAssessment
        note * Annotation
        outcomeCode * CodeableConcept
        outcomeReference * Reference > Observation
        =Goal.target BackboneElement
        measure ? CodeableConcept s
        detail[x] ? Quantity|Range|CodeableConcept|string|boolean|integer|Ratio s
        due[x] ? date|Duration s
        =GraphDefinition DomainResource
        url ? uri s
        version ? string s
        name 1 string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        start 1 code=resource-types s
        profile ? canonical
        link * .
        =GraphDefinition.link BackboneElement
        path ? string
        sliceName ? string
        min ? integer
        max ? string
        description ? string
        target * .
        =GraphDefinition.link.target BackboneElement
        type 1 code=resource-types
        params ? string
        profile ? canonical
        compartment * .
        link * GraphDefinition.link
        =GraphDefinition.link.target.compartment BackboneElement
        use 1 code=graph-compartment-use
        code 1 code=compartment-type
        rule 1 code=graph-compartment-rule
        expression ? string
        description ? string
        =Group DomainResource
        identifier * Identifier s
        active ? boolean s
        type 1 code=group-type s
        actual 1 boolean s
        code ? CodeableConcept s
        name ? string s
        quantity ? unsignedInt s
        managingEntity ? Reference s > Organization RelatedPerson Practitioner PractitionerRole
        characteristic * .
        member * .
        =Group.characteristic BackboneElement
        code 1 CodeableConcept
        value[x] 1 CodeableConcept|boolean|Quantity|Range|Reference
        exclude 1 boolean
        period ? Period
        =Group.member BackboneElement
        entity 1 Reference > Patient Practitioner PractitionerRole Device Medication Substance Group
        period ? Period
        inactive ? boolean
        =GuidanceResponse DomainResource
        requestIdentifier ? Identifier s
        identifier * Identifier s
        module[x] 1 uri|canonical|CodeableConcept s
        status 1 code=guidance-response-status sm
        subject ? Reference > Patient Group
        encounter ? Reference > Encounter
        occurrenceDateTime ? dateTime
        performer ? Reference > Device
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport DocumentReference
        note * Annotation
        evaluationMessage * Reference > OperationOutcome
        outputParameters ? Reference > Parameters
        result ? Reference > CarePlan RequestGroup
        dataRequirement * DataRequirement
        =HealthcareService DomainResource
        identifier * Identifier s
        active ? boolean sm
        providedBy ? Reference s > Organization
        category * CodeableConcept s
        type * CodeableConcept s
        specialty * CodeableConcept s
        location * Reference s > Location
        name ? string s
        comment ? string s
        extraDetails ? markdown
        photo ? Attachment s
        telecom * ContactPoint
        coverageArea * Reference > Location
        serviceProvisionCode * CodeableConcept
        eligibility * .
        program * CodeableConcept
        characteristic * CodeableConcept
        communication * CodeableConcept
        referralMethod * CodeableConcept
        appointmentRequired ? boolean
        availableTime * .
        notAvailable * .
        availabilityExceptions ? string
        endpoint * Reference > Endpoint
        =HealthcareService.eligibility BackboneElement
        code ? CodeableConcept
        comment ? markdown
        =HealthcareService.availableTime BackboneElement
        daysOfWeek * code=days-of-week
        allDay ? boolean
        availableStartTime ? time
        availableEndTime ? time
        =HealthcareService.notAvailable BackboneElement
        description 1 string
        during ? Period
        =ImagingStudy DomainResource
        identifier * Identifier s
        status 1 code=imagingstudy-status sm
        modality * Coding s
        subject 1 Reference s > Patient Device Group
        encounter ? Reference s > Encounter
        started ? dateTime s
        basedOn * Reference s > CarePlan ServiceRequest Appointment AppointmentResponse Task
        referrer ? Reference s > Practitioner PractitionerRole
        interpreter * Reference s > Practitioner PractitionerRole
        endpoint * Reference s > Endpoint
        numberOfSeries ? unsignedInt s
        numberOfInstances ? unsignedInt s
        procedureReference ? Reference s > Procedure
        procedureCode * CodeableConcept s
        location ? Reference s > Location
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation Media DiagnosticReport DocumentReference
        note * Annotation s
        description ? string s
        series * . s
        =ImagingStudy.series BackboneElement
        uid 1 id s
        number ? unsignedInt s
        modality 1 Coding s
        description ? string s
        numberOfInstances ? unsignedInt s
        endpoint * Reference s > Endpoint
        bodySite ? Coding s
        laterality ? Coding s
        specimen * Reference s > Specimen
        started ? dateTime s
        performer * . s
        instance * .
        =ImagingStudy.series.performer BackboneElement
        function ? CodeableConcept s
        actor 1 Reference s > Practitioner PractitionerRole Organization CareTeam Patient Device RelatedPerson
        =ImagingStudy.series.instance BackboneElement
        uid 1 id
        sopClass 1 Coding
        number ? unsignedInt
        title ? string
        =Immunization DomainResource
        identifier * Identifier
        status 1 code=immunization-status sm
        statusReason ? CodeableConcept
        vaccineCode 1 CodeableConcept s
        patient 1 Reference s > Patient
        encounter ? Reference > Encounter
        occurrence[x] 1 dateTime|string s
        recorded ? dateTime
        primarySource ? boolean s
        reportOrigin ? CodeableConcept
        location ? Reference > Location
        manufacturer ? Reference > Organization
        lotNumber ? string
        expirationDate ? date
        site ? CodeableConcept
        route ? CodeableConcept
        doseQuantity ? Quantity
        performer * . s
        note * Annotation s
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport
        isSubpotent ? boolean sm
        subpotentReason * CodeableConcept
        education * .
        programEligibility * CodeableConcept
        fundingSource ? CodeableConcept
        reaction * .
        protocolApplied * .
        =Immunization.performer BackboneElement
        function ? CodeableConcept s
        actor 1 Reference s > Practitioner PractitionerRole Organization
        =Immunization.education BackboneElement
        documentType ? string
        reference ? uri
        publicationDate ? dateTime
        presentationDate ? dateTime
        =Immunization.reaction BackboneElement
        date ? dateTime
        detail ? Reference > Observation
        reported ? boolean
        =Immunization.protocolApplied BackboneElement
        series ? string
        authority ? Reference > Organization
        targetDisease * CodeableConcept
        doseNumber[x] 1 positiveInt|string
        seriesDoses[x] ? positiveInt|string
        =ImmunizationEvaluation DomainResource
        identifier * Identifier
        status 1 code=immunization-evaluation-status sm
        patient 1 Reference s > Patient
        date ? dateTime
        authority ? Reference > Organization
        targetDisease 1 CodeableConcept s
        immunizationEvent 1 Reference s > Immunization
        doseStatus 1 CodeableConcept s
        doseStatusReason * CodeableConcept
        description ? string
        series ? string
        doseNumber[x] ? positiveInt|string
        seriesDoses[x] ? positiveInt|string
        =ImmunizationRecommendation DomainResource
        identifier * Identifier s
        patient 1 Reference s > Patient
        date 1 dateTime s
        authority ? Reference > Organization
        recommendation + . s
        =ImmunizationRecommendation.recommendation BackboneElement
        vaccineCode * CodeableConcept s
        targetDisease ? CodeableConcept s
        contraindicatedVaccineCode * CodeableConcept s
        forecastStatus 1 CodeableConcept sm
        forecastReason * CodeableConcept s
        dateCriterion * .
        description ? string
        series ? string
        doseNumber[x] ? positiveInt|string s
        seriesDoses[x] ? positiveInt|string
        supportingImmunization * Reference > Immunization ImmunizationEvaluation
        supportingPatientInformation * Reference
        =ImmunizationRecommendation.recommendation.dateCriterion BackboneElement
        code 1 CodeableConcept
        value 1 dateTime
        =ImplementationGuide DomainResource
        url 1 uri s
        version ? string s
        name 1 string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        copyright ? markdown
        packageId 1 id s
        license ? code=spdx-license s
        fhirVersion + code=FHIR-version s
        dependsOn * . s
        global * . s
        definition ? .
        manifest ? .
        =ImplementationGuide.dependsOn BackboneElement
        uri 1 canonical s
        packageId ? id s
        version ? string s
        =ImplementationGuide.global BackboneElement
        type 1 code=resource-types s
        profile 1 canonical s
        =ImplementationGuide.definition BackboneElement
        grouping * .
        resource + .
        page ? .
        parameter * .
        template * .
        =ImplementationGuide.definition.grouping BackboneElement
        name 1 string
        description ? string
        =ImplementationGuide.definition.resource BackboneElement
        reference 1 Reference
        fhirVersion * code=FHIR-version
        name ? string
        description ? string
        example[x] ? boolean|canonical
        groupingId ? id
        =ImplementationGuide.definition.page BackboneElement
        name[x] 1 url|Reference > Binary
        title 1 string
        generation 1 code=guide-page-generation
        page * ImplementationGuide.definition.page
        =ImplementationGuide.definition.parameter BackboneElement
        code 1 code=guide-parameter-code
        value 1 string
        =ImplementationGuide.definition.template BackboneElement
        code 1 code
        source 1 string
        scope ? string
        =ImplementationGuide.manifest BackboneElement
        rendering ? url s
        resource + . s
        page * .
        image * string
        other * string
        =ImplementationGuide.manifest.resource BackboneElement
        reference 1 Reference s
        example[x] ? boolean|canonical
        relativePath ? url
        =ImplementationGuide.manifest.page BackboneElement
        name 1 string
        title ? string
        anchor * string
        =InsurancePlan DomainResource
        identifier * Identifier s
        status ? code=publication-status sm
        type * CodeableConcept s
        name ? string s
        alias * string
        period ? Period
        ownedBy ? Reference s > Organization
        administeredBy ? Reference s > Organization
        coverageArea * Reference s > Location
        contact * .
        endpoint * Reference > Endpoint
        network * Reference > Organization
        coverage * .
        plan * .
        =InsurancePlan.contact BackboneElement
        purpose ? CodeableConcept
        name ? HumanName
        telecom * ContactPoint
        address ? Address
        =InsurancePlan.coverage BackboneElement
        type 1 CodeableConcept
        network * Reference > Organization
        benefit + .
        =InsurancePlan.coverage.benefit BackboneElement
        type 1 CodeableConcept
        requirement ? string
        limit * .
        =InsurancePlan.coverage.benefit.limit BackboneElement
        value ? Quantity
        code ? CodeableConcept
        =InsurancePlan.plan BackboneElement
        identifier * Identifier s
        type ? CodeableConcept
        coverageArea * Reference s > Location
        network * Reference > Organization
        generalCost * .
        specificCost * .
        =InsurancePlan.plan.generalCost BackboneElement
        type ? CodeableConcept
        groupSize ? positiveInt
        cost ? Money
        comment ? string
        =InsurancePlan.plan.specificCost BackboneElement
        category 1 CodeableConcept
        benefit * .
        =InsurancePlan.plan.specificCost.benefit BackboneElement
        type 1 CodeableConcept
        cost * .
        =InsurancePlan.plan.specificCost.benefit.cost BackboneElement
        type 1 CodeableConcept
        applicability ? CodeableConcept=insuranceplan-applicability!
        qualifiers * CodeableConcept
        value ? Quantity
        =Invoice DomainResource
        identifier * Identifier s
        status 1 code=invoice-status sm
        cancelledReason ? string
        type ? CodeableConcept s
        subject ? Reference s > Patient Group
        recipient ? Reference s > Organization Patient RelatedPerson
        date ? dateTime s
        participant * .
        issuer ? Reference > Organization
        account ? Reference > Account
        lineItem * .
        totalPriceComponent * Invoice.lineItem.priceComponent
        totalNet ? Money s
        totalGross ? Money s
        paymentTerms ? markdown
        note * Annotation
        =Invoice.participant BackboneElement
        role ? CodeableConcept
        actor 1 Reference > Practitioner Organization Patient PractitionerRole Device RelatedPerson
        =Invoice.lineItem BackboneElement
        sequence ? positiveInt
        chargeItem[x] 1 Reference|CodeableConcept > ChargeItem
        priceComponent * .
        =Invoice.lineItem.priceComponent BackboneElement
        type 1 code=invoice-priceComponentType
        code ? CodeableConcept
        factor ? decimal
        amount ? Money
        =Library DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        subtitle ? string
        status 1 code=publication-status sm
        experimental ? boolean s
        type 1 CodeableConcept s
        subject[x] ? CodeableConcept|Reference > Group
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        usage ? string
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        parameter * ParameterDefinition
        dataRequirement * DataRequirement
        content * Attachment s
        =Linkage DomainResource
        active ? boolean s
        author ? Reference s > Practitioner PractitionerRole Organization
        item + . s
        =Linkage.item BackboneElement
        type 1 code=linkage-type s
        resource 1 Reference s
        =List DomainResource
        identifier * Identifier
        status 1 code=list-status sm
        mode 1 code=list-mode sm
        title ? string s
        code ? CodeableConcept s
        subject ? Reference s > Patient Group Device Location
        encounter ? Reference > Encounter
        date ? dateTime s
        source ? Reference s > Practitioner PractitionerRole Patient Device
        orderedBy ? CodeableConcept
        note * Annotation
        entry * .
        emptyReason ? CodeableConcept
        =List.entry BackboneElement
        flag ? CodeableConcept
        deleted ? boolean m
        date ? dateTime
        item 1 Reference
        =Location DomainResource
        identifier * Identifier s
        status ? code=location-status sm
        operationalStatus ? Coding s
        name ? string s
        alias * string
        description ? string s
        mode ? code=location-mode s
        type * CodeableConcept s
        telecom * ContactPoint
        address ? Address
        physicalType ? CodeableConcept s
        position ? .
        managingOrganization ? Reference s > Organization
        partOf ? Reference > Location
        hoursOfOperation * .
        availabilityExceptions ? string
        endpoint * Reference > Endpoint
        =Location.position BackboneElement
        longitude 1 decimal
        latitude 1 decimal
        altitude ? decimal
        =Location.hoursOfOperation BackboneElement
        daysOfWeek * code=days-of-week
        allDay ? boolean
        openingTime ? time
        closingTime ? time
        =Measure DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        subtitle ? string
        status 1 code=publication-status sm
        experimental ? boolean s
        subject[x] ? CodeableConcept|Reference > Group
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        usage ? string
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        library * canonical
        disclaimer ? markdown s
        scoring ? CodeableConcept s
        compositeScoring ? CodeableConcept s
        type * CodeableConcept s
        riskAdjustment ? string s
        rateAggregation ? string s
        rationale ? markdown s
        clinicalRecommendationStatement ? markdown s
        improvementNotation ? CodeableConcept=measure-improvement-notation! s
        definition * markdown s
        guidance ? markdown s
        group * .
        supplementalData * .
        =Measure.group BackboneElement
        code ? CodeableConcept
        description ? string
        population * .
        stratifier * .
        =Measure.group.population BackboneElement
        code ? CodeableConcept
        description ? string
        criteria 1 Expression
        =Measure.group.stratifier BackboneElement
        code ? CodeableConcept
        description ? string
        criteria ? Expression
        component * .
        =Measure.group.stratifier.component BackboneElement
        code ? CodeableConcept
        description ? string
        criteria 1 Expression
        =Measure.supplementalData BackboneElement
        code ? CodeableConcept
        usage * CodeableConcept
        description ? string
        criteria 1 Expression
        =MeasureReport DomainResource
        identifier * Identifier s
        status 1 code=measure-report-status sm
        type 1 code=measure-report-type s
        measure 1 canonical s
        subject ? Reference s > Patient Practitioner PractitionerRole Location Device RelatedPerson Group
        date ? dateTime s
        reporter ? Reference s > Practitioner PractitionerRole Location Organization
        period 1 Period s
        improvementNotation ? CodeableConcept=measure-improvement-notation! sm
        group * .
        evaluatedResource * Reference
        =MeasureReport.group BackboneElement
        code ? CodeableConcept s
        population * .
        measureScore ? Quantity s
        stratifier * .
        =MeasureReport.group.population BackboneElement
        code ? CodeableConcept s
        count ? integer
        subjectResults ? Reference > List
        =MeasureReport.group.stratifier BackboneElement
        code * CodeableConcept
        stratum * .
        =MeasureReport.group.stratifier.stratum BackboneElement
        value ? CodeableConcept
        component * .
        population * .
        measureScore ? Quantity
        =MeasureReport.group.stratifier.stratum.component BackboneElement
        code 1 CodeableConcept
        value 1 CodeableConcept
        =MeasureReport.group.stratifier.stratum.population BackboneElement
        code ? CodeableConcept
        count ? integer
        subjectResults ? Reference > List
        =Media DomainResource
        identifier * Identifier s
        basedOn * Reference s > ServiceRequest CarePlan
        partOf * Reference s
        status 1 code=event-status sm
        type ? CodeableConcept s
        modality ? CodeableConcept s
        view ? CodeableConcept s
        subject ? Reference s > Patient Practitioner PractitionerRole Group Device Specimen Location
        encounter ? Reference s > Encounter
        created[x] ? dateTime|Period s
        issued ? instant s
        operator ? Reference s > Practitioner PractitionerRole Organization CareTeam Patient Device RelatedPerson
        reasonCode * CodeableConcept s
        bodySite ? CodeableConcept s
        deviceName ? string s
        device ? Reference s > Device DeviceMetric Device
        height ? positiveInt s
        width ? positiveInt s
        frames ? positiveInt s
        duration ? decimal s
        content 1 Attachment s
        note * Annotation
        =Medication DomainResource
        identifier * Identifier s
        code ? CodeableConcept s
        status ? code=medication-status sm
        manufacturer ? Reference s > Organization
        form ? CodeableConcept
        amount ? Ratio s
        ingredient * .
        batch ? .
        =Medication.ingredient BackboneElement
        item[x] 1 CodeableConcept|Reference > Substance Medication
        isActive ? boolean
        strength ? Ratio
        =Medication.batch BackboneElement
        lotNumber ? string
        expirationDate ? dateTime
        =MedicationAdministration DomainResource
        identifier * Identifier
        instantiates * uri s
        partOf * Reference s > MedicationAdministration Procedure
        status 1 code=medication-admin-status sm
        statusReason * CodeableConcept
        category ? CodeableConcept
        medication[x] 1 CodeableConcept|Reference s > Medication
        subject 1 Reference s > Patient Group
        context ? Reference > Encounter EpisodeOfCare
        supportingInformation * Reference
        effective[x] 1 dateTime|Period s
        performer * . s
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport
        request ? Reference > MedicationRequest
        device * Reference > Device
        note * Annotation
        dosage ? .
        eventHistory * Reference > Provenance
        =MedicationAdministration.performer BackboneElement
        function ? CodeableConcept
        actor 1 Reference s > Practitioner PractitionerRole Patient RelatedPerson Device
        =MedicationAdministration.dosage BackboneElement
        text ? string
        site ? CodeableConcept
        route ? CodeableConcept
        method ? CodeableConcept
        dose ? Quantity
        rate[x] ? Ratio|Quantity
        =MedicationDispense DomainResource
        identifier * Identifier
        partOf * Reference > Procedure
        status 1 code=medicationdispense-status sm
        statusReason[x] ? CodeableConcept|Reference > DetectedIssue
        category ? CodeableConcept
        medication[x] 1 CodeableConcept|Reference s > Medication
        subject ? Reference s > Patient Group
        context ? Reference > Encounter EpisodeOfCare
        supportingInformation * Reference
        performer * .
        location ? Reference > Location
        authorizingPrescription * Reference > MedicationRequest
        type ? CodeableConcept
        quantity ? Quantity
        daysSupply ? Quantity
        whenPrepared ? dateTime s
        whenHandedOver ? dateTime
        destination ? Reference > Location
        receiver * Reference > Patient Practitioner
        note * Annotation
        dosageInstruction * Dosage
        substitution ? .
        detectedIssue * Reference > DetectedIssue
        eventHistory * Reference > Provenance
        =MedicationDispense.performer BackboneElement
        function ? CodeableConcept
        actor 1 Reference > Practitioner PractitionerRole Organization Patient Device RelatedPerson
        =MedicationDispense.substitution BackboneElement
        wasSubstituted 1 boolean
        type ? CodeableConcept
        reason * CodeableConcept
        responsibleParty * Reference > Practitioner PractitionerRole
        =MedicationKnowledge DomainResource
        code ? CodeableConcept s
        status ? code=medicationknowledge-status sm
        manufacturer ? Reference s > Organization
        doseForm ? CodeableConcept
        amount ? Quantity s
        synonym * string s
        relatedMedicationKnowledge * .
        associatedMedication * Reference > Medication
        productType * CodeableConcept
        monograph * .
        ingredient * .
        preparationInstruction ? markdown
        intendedRoute * CodeableConcept
        cost * .
        monitoringProgram * .
        administrationGuidelines * .
        medicineClassification * .
        packaging ? .
        drugCharacteristic * .
        contraindication * Reference > DetectedIssue
        regulatory * .
        kinetics * .
        =MedicationKnowledge.relatedMedicationKnowledge BackboneElement
        type 1 CodeableConcept
        reference + Reference > MedicationKnowledge
        =MedicationKnowledge.monograph BackboneElement
        type ? CodeableConcept
        source ? Reference > DocumentReference Media
        =MedicationKnowledge.ingredient BackboneElement
        item[x] 1 CodeableConcept|Reference > Substance
        isActive ? boolean
        strength ? Ratio
        =MedicationKnowledge.cost BackboneElement
        type 1 CodeableConcept
        source ? string
        cost 1 Money
        =MedicationKnowledge.monitoringProgram BackboneElement
        type ? CodeableConcept
        name ? string
        =MedicationKnowledge.administrationGuidelines BackboneElement
        dosage * .
        indication[x] ? CodeableConcept|Reference > ObservationDefinition
        patientCharacteristics * .
        =MedicationKnowledge.administrationGuidelines.dosage BackboneElement
        type 1 CodeableConcept
        dosage + Dosage
        =MedicationKnowledge.administrationGuidelines.patientCharacteristics BackboneElement
        characteristic[x] 1 CodeableConcept|Quantity
        value * string
        =MedicationKnowledge.medicineClassification BackboneElement
        type 1 CodeableConcept
        classification * CodeableConcept
        =MedicationKnowledge.packaging BackboneElement
        type ? CodeableConcept
        quantity ? Quantity
        =MedicationKnowledge.drugCharacteristic BackboneElement
        type ? CodeableConcept
        value[x] ? CodeableConcept|string|Quantity|base64Binary
        =MedicationKnowledge.regulatory BackboneElement
        regulatoryAuthority 1 Reference > Organization
        substitution * .
        schedule * .
        maxDispense ? .
        =MedicationKnowledge.regulatory.substitution BackboneElement
        type 1 CodeableConcept
        allowed 1 boolean
        =MedicationKnowledge.regulatory.schedule BackboneElement
        schedule 1 CodeableConcept
        =MedicationKnowledge.regulatory.maxDispense BackboneElement
        quantity 1 Quantity
        period ? Duration
        =MedicationKnowledge.kinetics BackboneElement
        areaUnderCurve * Quantity
        lethalDose50 * Quantity
        halfLifePeriod ? Duration
        =MedicationRequest DomainResource
        identifier * Identifier
        status 1 code=medicationrequest-status sm
        statusReason ? CodeableConcept
        intent 1 code=medicationrequest-intent sm
        category * CodeableConcept
        priority ? code=request-priority s
        doNotPerform ? boolean sm
        reported[x] ? boolean|Reference s > Patient Practitioner PractitionerRole RelatedPerson Organization
        medication[x] 1 CodeableConcept|Reference s > Medication
        subject 1 Reference s > Patient Group
        encounter ? Reference > Encounter
        supportingInformation * Reference
        authoredOn ? dateTime s
        requester ? Reference s > Practitioner PractitionerRole Organization Patient RelatedPerson Device
        performer ? Reference > Practitioner PractitionerRole Organization Patient Device RelatedPerson CareTeam
        performerType ? CodeableConcept s
        recorder ? Reference > Practitioner PractitionerRole
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        basedOn * Reference s > CarePlan MedicationRequest ServiceRequest ImmunizationRecommendation
        groupIdentifier ? Identifier s
        courseOfTherapyType ? CodeableConcept
        insurance * Reference > Coverage ClaimResponse
        note * Annotation
        dosageInstruction * Dosage
        dispenseRequest ? .
        substitution ? .
        priorPrescription ? Reference > MedicationRequest
        detectedIssue * Reference > DetectedIssue
        eventHistory * Reference > Provenance
        =MedicationRequest.dispenseRequest BackboneElement
        initialFill ? .
        dispenseInterval ? Duration
        validityPeriod ? Period
        numberOfRepeatsAllowed ? unsignedInt
        quantity ? Quantity
        expectedSupplyDuration ? Duration
        performer ? Reference > Organization
        =MedicationRequest.dispenseRequest.initialFill BackboneElement
        quantity ? Quantity
        duration ? Duration
        =MedicationRequest.substitution BackboneElement
        allowed[x] 1 boolean|CodeableConcept
        reason ? CodeableConcept
        =MedicationStatement DomainResource
        identifier * Identifier s
        basedOn * Reference s > MedicationRequest CarePlan ServiceRequest
        partOf * Reference s > MedicationAdministration MedicationDispense MedicationStatement Procedure Observation
        status 1 code=medication-statement-status sm
        statusReason * CodeableConcept
        category ? CodeableConcept s
        medication[x] 1 CodeableConcept|Reference s > Medication
        subject 1 Reference s > Patient Group
        context ? Reference s > Encounter EpisodeOfCare
        effective[x] ? dateTime|Period s
        dateAsserted ? dateTime s
        informationSource ? Reference > Patient Practitioner PractitionerRole RelatedPerson Organization
        derivedFrom * Reference
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport
        note * Annotation
        dosage * Dosage
        =MedicinalProduct DomainResource
        identifier * Identifier s
        type ? CodeableConcept s
        domain ? Coding s
        combinedPharmaceuticalDoseForm ? CodeableConcept s
        legalStatusOfSupply ? CodeableConcept s
        additionalMonitoringIndicator ? CodeableConcept s
        specialMeasures * string s
        paediatricUseIndicator ? CodeableConcept s
        productClassification * CodeableConcept s
        marketingStatus * MarketingStatus s
        pharmaceuticalProduct * Reference s > MedicinalProductPharmaceutical
        packagedMedicinalProduct * Reference s > MedicinalProductPackaged
        attachedDocument * Reference s > DocumentReference
        masterFile * Reference s > DocumentReference
        contact * Reference s > Organization PractitionerRole
        clinicalTrial * Reference s > ResearchStudy
        name + . s
        crossReference * Identifier s
        manufacturingBusinessOperation * . s
        specialDesignation * . s
        =MedicinalProduct.name BackboneElement
        productName 1 string s
        namePart * . s
        countryLanguage * . s
        =MedicinalProduct.name.namePart BackboneElement
        part 1 string s
        type 1 Coding s
        =MedicinalProduct.name.countryLanguage BackboneElement
        country 1 CodeableConcept s
        jurisdiction ? CodeableConcept s
        language 1 CodeableConcept s
        =MedicinalProduct.manufacturingBusinessOperation BackboneElement
        operationType ? CodeableConcept s
        authorisationReferenceNumber ? Identifier s
        effectiveDate ? dateTime s
        confidentialityIndicator ? CodeableConcept s
        manufacturer * Reference s > Organization
        regulator ? Reference s > Organization
        =MedicinalProduct.specialDesignation BackboneElement
        identifier * Identifier s
        type ? CodeableConcept s
        intendedUse ? CodeableConcept s
        indication[x] ? CodeableConcept|Reference s > MedicinalProductIndication
        status ? CodeableConcept s
        date ? dateTime s
        species ? CodeableConcept s
        =MedicinalProductAuthorization DomainResource
        identifier * Identifier s
        subject ? Reference s > MedicinalProduct MedicinalProductPackaged
        country * CodeableConcept s
        jurisdiction * CodeableConcept s
        status ? CodeableConcept s
        statusDate ? dateTime s
        restoreDate ? dateTime s
        validityPeriod ? Period s
        dataExclusivityPeriod ? Period s
        dateOfFirstAuthorization ? dateTime s
        internationalBirthDate ? dateTime s
        legalBasis ? CodeableConcept s
        jurisdictionalAuthorization * . s
        holder ? Reference s > Organization
        regulator ? Reference s > Organization
        procedure ? . s
        =MedicinalProductAuthorization.jurisdictionalAuthorization BackboneElement
        identifier * Identifier s
        country ? CodeableConcept s
        jurisdiction * CodeableConcept s
        legalStatusOfSupply ? CodeableConcept s
        validityPeriod ? Period s
        =MedicinalProductAuthorization.procedure BackboneElement
        identifier ? Identifier s
        type 1 CodeableConcept s
        date[x] ? Period|dateTime s
        application * MedicinalProductAuthorization.procedure s
        =MedicinalProductContraindication DomainResource
        subject * Reference s > MedicinalProduct Medication
        disease ? CodeableConcept s
        diseaseStatus ? CodeableConcept s
        comorbidity * CodeableConcept s
        therapeuticIndication * Reference s > MedicinalProductIndication
        otherTherapy * . s
        population * Population s
        =MedicinalProductContraindication.otherTherapy BackboneElement
        therapyRelationshipType 1 CodeableConcept s
        medication[x] 1 CodeableConcept|Reference s > MedicinalProduct Medication Substance SubstanceSpecification
        =MedicinalProductIndication DomainResource
        subject * Reference s > MedicinalProduct Medication
        diseaseSymptomProcedure ? CodeableConcept s
        diseaseStatus ? CodeableConcept s
        comorbidity * CodeableConcept s
        intendedEffect ? CodeableConcept s
        duration ? Quantity s
        otherTherapy * . s
        undesirableEffect * Reference s > MedicinalProductUndesirableEffect
        population * Population s
        =MedicinalProductIndication.otherTherapy BackboneElement
        therapyRelationshipType 1 CodeableConcept s
        medication[x] 1 CodeableConcept|Reference s > MedicinalProduct Medication Substance SubstanceSpecification
        =MedicinalProductIngredient DomainResource
        identifier ? Identifier s
        role 1 CodeableConcept s
        allergenicIndicator ? boolean s
        manufacturer * Reference s > Organization
        specifiedSubstance * . s
        substance ? . s
        =MedicinalProductIngredient.specifiedSubstance BackboneElement
        code 1 CodeableConcept s
        group 1 CodeableConcept s
        confidentiality ? CodeableConcept s
        strength * . s
        =MedicinalProductIngredient.specifiedSubstance.strength BackboneElement
        presentation 1 Ratio s
        presentationLowLimit ? Ratio sm
        concentration ? Ratio s
        concentrationLowLimit ? Ratio sm
        measurementPoint ? string s
        country * CodeableConcept s
        referenceStrength * . s
        =MedicinalProductIngredient.specifiedSubstance.strength.referenceStrength BackboneElement
        substance ? CodeableConcept s
        strength 1 Ratio s
        strengthLowLimit ? Ratio s
        measurementPoint ? string s
        country * CodeableConcept s
        =MedicinalProductIngredient.substance BackboneElement
        code 1 CodeableConcept s
        strength * MedicinalProductIngredient.specifiedSubstance.strength s
        =MedicinalProductInteraction DomainResource
        subject * Reference s > MedicinalProduct Medication Substance
        description ? string s
        interactant * . s
        type ? CodeableConcept s
        effect ? CodeableConcept s
        incidence ? CodeableConcept s
        management ? CodeableConcept s
        =MedicinalProductInteraction.interactant BackboneElement
        item[x] 1 Reference|CodeableConcept s > MedicinalProduct Medication Substance ObservationDefinition
        =MedicinalProductManufactured DomainResource
        manufacturedDoseForm 1 CodeableConcept s
        unitOfPresentation ? CodeableConcept s
        quantity 1 Quantity s
        manufacturer * Reference s > Organization
        ingredient * Reference s > MedicinalProductIngredient
        physicalCharacteristics ? ProdCharacteristic s
        otherCharacteristics * CodeableConcept s
        =MedicinalProductPackaged DomainResource
        identifier * Identifier s
        subject * Reference s > MedicinalProduct
        description ? string s
        legalStatusOfSupply ? CodeableConcept s
        marketingStatus * MarketingStatus s
        marketingAuthorization ? Reference s > MedicinalProductAuthorization
        manufacturer * Reference s > Organization
        batchIdentifier * . s
        packageItem + . s
        =MedicinalProductPackaged.batchIdentifier BackboneElement
        outerPackaging 1 Identifier s
        immediatePackaging ? Identifier s
        =MedicinalProductPackaged.packageItem BackboneElement
        identifier * Identifier s
        type 1 CodeableConcept s
        quantity 1 Quantity s
        material * CodeableConcept s
        alternateMaterial * CodeableConcept s
        device * Reference s > DeviceDefinition
        manufacturedItem * Reference s > MedicinalProductManufactured
        packageItem * MedicinalProductPackaged.packageItem s
        physicalCharacteristics ? ProdCharacteristic s
        otherCharacteristics * CodeableConcept s
        shelfLifeStorage * ProductShelfLife s
        manufacturer * Reference s > Organization
        =MedicinalProductPharmaceutical DomainResource
        identifier * Identifier s
        administrableDoseForm 1 CodeableConcept s
        unitOfPresentation ? CodeableConcept s
        ingredient * Reference s > MedicinalProductIngredient
        device * Reference s > DeviceDefinition
        characteristics * . s
        routeOfAdministration + . s
        =MedicinalProductPharmaceutical.characteristics BackboneElement
        code 1 CodeableConcept s
        status ? CodeableConcept s
        =MedicinalProductPharmaceutical.routeOfAdministration BackboneElement
        code 1 CodeableConcept s
        firstDose ? Quantity s
        maxSingleDose ? Quantity s
        maxDosePerDay ? Quantity s
        maxDosePerTreatmentPeriod ? Ratio s
        maxTreatmentPeriod ? Duration s
        targetSpecies * . s
        =MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies BackboneElement
        code 1 CodeableConcept s
        withdrawalPeriod * . s
        =MedicinalProductPharmaceutical.routeOfAdministration.targetSpecies.withdrawalPeriod BackboneElement
        tissue 1 CodeableConcept s
        value 1 Quantity s
        supportingInformation ? string s
        =MedicinalProductUndesirableEffect DomainResource
        subject * Reference s > MedicinalProduct Medication
        symptomConditionEffect ? CodeableConcept s
        classification ? CodeableConcept s
        frequencyOfOccurrence ? CodeableConcept s
        population * Population s
        =MessageDefinition DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        replaces * canonical s
        status 1 code=publication-status sm
        experimental ? boolean s
        date 1 dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown s
        copyright ? markdown
        base ? canonical s
        parent * canonical s
        event[x] 1 Coding|uri s
        category ? code=message-significance-category s
        focus * . s
        responseRequired ? code=messageheader-response-request
        allowedResponse * .
        graph * canonical
        =MessageDefinition.focus BackboneElement
        code 1 code=resource-types s
        profile ? canonical
        min 1 unsignedInt s
        max ? string
        =MessageDefinition.allowedResponse BackboneElement
        message 1 canonical
        situation ? markdown
        =MessageHeader DomainResource
        event[x] 1 Coding|uri s
        destination * . s
        sender ? Reference s > Practitioner PractitionerRole Organization
        enterer ? Reference s > Practitioner PractitionerRole
        author ? Reference s > Practitioner PractitionerRole
        source 1 . s
        responsible ? Reference s > Practitioner PractitionerRole Organization
        reason ? CodeableConcept s
        response ? . s
        focus * Reference s
        definition ? canonical s
        =MessageHeader.destination BackboneElement
        name ? string s
        target ? Reference s > Device
        endpoint 1 url s
        receiver ? Reference s > Practitioner PractitionerRole Organization
        =MessageHeader.source BackboneElement
        name ? string s
        software ? string s
        version ? string s
        contact ? ContactPoint s
        endpoint 1 url s
        =MessageHeader.response BackboneElement
        identifier 1 id s
        code 1 code=response-code s
        details ? Reference s > OperationOutcome
        =MolecularSequence DomainResource
        identifier * Identifier s
        type ? code=sequence-type s
        coordinateSystem 1 integer s
        patient ? Reference s > Patient
        specimen ? Reference s > Specimen
        device ? Reference s > Device
        performer ? Reference s > Organization
        quantity ? Quantity s
        referenceSeq ? . s
        variant * . s
        observedSeq ? string s
        quality * . s
        readCoverage ? integer s
        repository * . s
        pointer * Reference s > MolecularSequence
        structureVariant * . s
        =MolecularSequence.referenceSeq BackboneElement
        chromosome ? CodeableConcept s
        genomeBuild ? string s
        orientation ? code=orientation-type s
        referenceSeqId ? CodeableConcept s
        referenceSeqPointer ? Reference s > MolecularSequence
        referenceSeqString ? string s
        strand ? code=strand-type s
        windowStart ? integer s
        windowEnd ? integer s
        =MolecularSequence.variant BackboneElement
        start ? integer s
        end ? integer s
        observedAllele ? string s
        referenceAllele ? string s
        cigar ? string s
        variantPointer ? Reference s > Observation
        =MolecularSequence.quality BackboneElement
        type 1 code=quality-type s
        standardSequence ? CodeableConcept s
        start ? integer s
        end ? integer s
        score ? Quantity s
        method ? CodeableConcept s
        truthTP ? decimal s
        queryTP ? decimal s
        truthFN ? decimal s
        queryFP ? decimal s
        gtFP ? decimal s
        precision ? decimal s
        recall ? decimal s
        fScore ? decimal s
        roc ? . s
        =MolecularSequence.quality.roc BackboneElement
        score * integer s
        numTP * integer s
        numFP * integer s
        numFN * integer s
        precision * decimal s
        sensitivity * decimal s
        fMeasure * decimal s
        =MolecularSequence.repository BackboneElement
        type 1 code=repository-type s
        url ? uri s
        name ? string s
        datasetId ? string s
        variantsetId ? string s
        readsetId ? string s
        =MolecularSequence.structureVariant BackboneElement
        variantType ? CodeableConcept s
        exact ? boolean s
        length ? integer s
        outer ? . s
        inner ? . s
        =MolecularSequence.structureVariant.outer BackboneElement
        start ? integer s
        end ? integer s
        =MolecularSequence.structureVariant.inner BackboneElement
        start ? integer s
        end ? integer s
        =NamingSystem DomainResource
        name 1 string s
        status 1 code=publication-status sm
        kind 1 code=namingsystem-type s
        date 1 dateTime s
        publisher ? string s
        contact * ContactDetail s
        responsible ? string
        type ? CodeableConcept
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        usage ? string
        uniqueId + . s
        =NamingSystem.uniqueId BackboneElement
        type 1 code=namingsystem-identifier-type s
        value 1 string s
        preferred ? boolean
        comment ? string
        period ? Period
        =NutritionOrder DomainResource
        identifier * Identifier
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        instantiates * uri
        status 1 code=request-status sm
        intent 1 code=request-intent sm
        patient 1 Reference s > Patient
        encounter ? Reference > Encounter
        dateTime 1 dateTime s
        orderer ? Reference s > Practitioner PractitionerRole
        allergyIntolerance * Reference > AllergyIntolerance
        foodPreferenceModifier * CodeableConcept
        excludeFoodModifier * CodeableConcept
        oralDiet ? .
        supplement * .
        enteralFormula ? .
        note * Annotation
        =NutritionOrder.oralDiet BackboneElement
        type * CodeableConcept s
        schedule * Timing
        nutrient * .
        texture * .
        fluidConsistencyType * CodeableConcept
        instruction ? string s
        =NutritionOrder.oralDiet.nutrient BackboneElement
        modifier ? CodeableConcept
        amount ? Quantity
        =NutritionOrder.oralDiet.texture BackboneElement
        modifier ? CodeableConcept
        foodType ? CodeableConcept
        =NutritionOrder.supplement BackboneElement
        type ? CodeableConcept s
        productName ? string
        schedule * Timing
        quantity ? Quantity
        instruction ? string s
        =NutritionOrder.enteralFormula BackboneElement
        baseFormulaType ? CodeableConcept s
        baseFormulaProductName ? string
        additiveType ? CodeableConcept
        additiveProductName ? string
        caloricDensity ? Quantity
        routeofAdministration ? CodeableConcept
        administration * .
        maxVolumeToDeliver ? Quantity
        administrationInstruction ? string s
        =NutritionOrder.enteralFormula.administration BackboneElement
        schedule ? Timing
        quantity ? Quantity
        rate[x] ? Quantity|Ratio
        =Observation DomainResource
        identifier * Identifier s
        basedOn * Reference s > CarePlan DeviceRequest ImmunizationRecommendation MedicationRequest NutritionOrder
         ServiceRequest
        partOf * Reference s > MedicationAdministration MedicationDispense MedicationStatement Procedure Immunization
         ImagingStudy
        status 1 code=observation-status sm
        category * CodeableConcept
        code 1 CodeableConcept s
        subject ? Reference s > Patient Group Device Location
        focus * Reference s
        encounter ? Reference s > Encounter
        effective[x] ? dateTime|Period|Timing|instant s
        issued ? instant s
        performer * Reference s > Practitioner PractitionerRole Organization CareTeam Patient RelatedPerson
        value[x] ? Quantity|CodeableConcept|string|boolean|integer|Range|Ratio|SampledData|time|dateTime|Period s
        dataAbsentReason ? CodeableConcept
        interpretation * CodeableConcept
        note * Annotation
        bodySite ? CodeableConcept
        method ? CodeableConcept
        specimen ? Reference > Specimen
        device ? Reference > Device DeviceMetric
        referenceRange * .
        hasMember * Reference s > Observation QuestionnaireResponse MolecularSequence
        derivedFrom * Reference s > DocumentReference ImagingStudy Media QuestionnaireResponse Observation
         MolecularSequence
        component * . s
        =Observation.referenceRange BackboneElement
        low ? Quantity
        high ? Quantity
        type ? CodeableConcept
        appliesTo * CodeableConcept
        age ? Range
        text ? string
        =Observation.component BackboneElement
        code 1 CodeableConcept s
        value[x] ? Quantity|CodeableConcept|string|boolean|integer|Range|Ratio|SampledData|time|dateTime|Period s
        dataAbsentReason ? CodeableConcept
        interpretation * CodeableConcept
        referenceRange * Observation.referenceRange
        =ObservationDefinition DomainResource
        category * CodeableConcept s
        code 1 CodeableConcept s
        identifier * Identifier s
        permittedDataType * code=permitted-data-type
        multipleResultsAllowed ? boolean
        method ? CodeableConcept
        preferredReportName ? string
        quantitativeDetails ? .
        qualifiedInterval * .
        validCodedValueSet ? Reference > ValueSet
        normalCodedValueSet ? Reference > ValueSet
        abnormalCodedValueSet ? Reference > ValueSet
        criticalCodedValueSet ? Reference > ValueSet
        =ObservationDefinition.quantitativeDetails BackboneElement
        customaryUnit ? CodeableConcept
        unit ? CodeableConcept
        conversionFactor ? decimal
        decimalPrecision ? integer
        =ObservationDefinition.qualifiedInterval BackboneElement
        category ? code=observation-range-category
        range ? Range
        context ? CodeableConcept
        appliesTo * CodeableConcept
        gender ? code=administrative-gender
        age ? Range
        gestationalAge ? Range
        condition ? string
        =OperationDefinition DomainResource
        url ? uri s
        version ? string s
        name 1 string s
        title ? string s
        status 1 code=publication-status sm
        kind 1 code=operation-kind s
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        affectsState ? boolean s
        code 1 code s
        comment ? markdown
        base ? canonical s
        resource * code=resource-types s
        system 1 boolean s
        type 1 boolean s
        instance 1 boolean s
        inputProfile ? canonical
        outputProfile ? canonical
        parameter * .
        overload * .
        =OperationDefinition.parameter BackboneElement
        name 1 code
        use 1 code=operation-parameter-use
        min 1 integer
        max 1 string
        documentation ? string
        type ? code=all-types
        targetProfile * canonical
        searchType ? code=search-param-type
        binding ? .
        referencedFrom * .
        part * OperationDefinition.parameter
        =OperationDefinition.parameter.binding BackboneElement
        strength 1 code=binding-strength
        valueSet 1 canonical
        =OperationDefinition.parameter.referencedFrom BackboneElement
        source 1 string
        sourceId ? string
        =OperationDefinition.overload BackboneElement
        parameterName * string
        comment ? string
        =OperationOutcome DomainResource
        issue + . s
        =OperationOutcome.issue BackboneElement
        severity 1 code=issue-severity s
        code 1 code=issue-type s
        details ? CodeableConcept s
        diagnostics ? string s
        location * string s
        expression * string s
        =Organization DomainResource
        identifier * Identifier s
        active ? boolean sm
        type * CodeableConcept s
        name ? string s
        alias * string
        telecom * ContactPoint
        address * Address
        partOf ? Reference s > Organization
        contact * .
        endpoint * Reference > Endpoint
        =Organization.contact BackboneElement
        purpose ? CodeableConcept
        name ? HumanName
        telecom * ContactPoint
        address ? Address
        =OrganizationAffiliation DomainResource
        identifier * Identifier s
        active ? boolean s
        period ? Period s
        organization ? Reference s > Organization
        participatingOrganization ? Reference s > Organization
        network * Reference s > Organization
        code * CodeableConcept s
        specialty * CodeableConcept s
        location * Reference s > Location
        healthcareService * Reference > HealthcareService
        telecom * ContactPoint s
        endpoint * Reference > Endpoint
        =Parameters Resource
        parameter * . s
        =Parameters.parameter BackboneElement
        name 1 string s
        value[x] ? any s
        resource ? Resource s
        part * Parameters.parameter s
        =Patient DomainResource
        identifier * Identifier s
        active ? boolean sm
        name * HumanName s
        telecom * ContactPoint s
        gender ? code=administrative-gender s
        birthDate ? date s
        deceased[x] ? boolean|dateTime sm
        address * Address s
        maritalStatus ? CodeableConcept
        multipleBirth[x] ? boolean|integer
        photo * Attachment
        contact * .
        communication * .
        generalPractitioner * Reference > Organization Practitioner PractitionerRole
        managingOrganization ? Reference s > Organization
        link * . sm
        =Patient.contact BackboneElement
        relationship * CodeableConcept
        name ? HumanName
        telecom * ContactPoint
        address ? Address
        gender ? code=administrative-gender
        organization ? Reference > Organization
        period ? Period
        =Patient.communication BackboneElement
        language 1 CodeableConcept
        preferred ? boolean
        =Patient.link BackboneElement
        other 1 Reference s > Patient RelatedPerson
        type 1 code=link-type s
        =PaymentNotice DomainResource
        identifier * Identifier
        status 1 code=fm-status sm
        request ? Reference
        response ? Reference
        created 1 dateTime s
        provider ? Reference > Practitioner PractitionerRole Organization
        payment 1 Reference s > PaymentReconciliation
        paymentDate ? date
        payee ? Reference > Practitioner PractitionerRole Organization
        recipient 1 Reference s > Organization
        amount 1 Money s
        paymentStatus ? CodeableConcept
        =PaymentReconciliation DomainResource
        identifier * Identifier
        status 1 code=fm-status sm
        period ? Period s
        created 1 dateTime s
        paymentIssuer ? Reference s > Organization
        request ? Reference > Task
        requestor ? Reference > Practitioner PractitionerRole Organization
        outcome ? code=remittance-outcome
        disposition ? string
        paymentDate 1 date s
        paymentAmount 1 Money s
        paymentIdentifier ? Identifier
        detail * .
        formCode ? CodeableConcept
        processNote * .
        =PaymentReconciliation.detail BackboneElement
        identifier ? Identifier
        predecessor ? Identifier
        type 1 CodeableConcept
        request ? Reference
        submitter ? Reference > Practitioner PractitionerRole Organization
        response ? Reference
        date ? date
        responsible ? Reference > PractitionerRole
        payee ? Reference > Practitioner PractitionerRole Organization
        amount ? Money
        =PaymentReconciliation.processNote BackboneElement
        type ? code=note-type
        text ? string
        =Person DomainResource
        identifier * Identifier
        name * HumanName s
        telecom * ContactPoint s
        gender ? code=administrative-gender s
        birthDate ? date s
        address * Address
        photo ? Attachment
        managingOrganization ? Reference s > Organization
        active ? boolean sm
        link * .
        =Person.link BackboneElement
        target 1 Reference > Patient Practitioner RelatedPerson Person
        assurance ? code=identity-assuranceLevel
        =PlanDefinition DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        subtitle ? string
        type ? CodeableConcept s
        status 1 code=publication-status sm
        experimental ? boolean s
        subject[x] ? CodeableConcept|Reference > Group
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        usage ? string
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        library * canonical
        goal * .
        action * .
        =PlanDefinition.goal BackboneElement
        category ? CodeableConcept
        description 1 CodeableConcept
        priority ? CodeableConcept
        start ? CodeableConcept
        addresses * CodeableConcept
        documentation * RelatedArtifact
        target * .
        =PlanDefinition.goal.target BackboneElement
        measure ? CodeableConcept
        detail[x] ? Quantity|Range|CodeableConcept
        due ? Duration
        =PlanDefinition.action BackboneElement
        prefix ? string
        title ? string
        description ? string
        textEquivalent ? string
        priority ? code=request-priority
        code * CodeableConcept
        reason * CodeableConcept
        documentation * RelatedArtifact
        goalId * id
        subject[x] ? CodeableConcept|Reference > Group
        trigger * TriggerDefinition
        condition * .
        input * DataRequirement
        output * DataRequirement
        relatedAction * .
        timing[x] ? dateTime|Age|Period|Duration|Range|Timing
        participant * .
        type ? CodeableConcept
        groupingBehavior ? code=action-grouping-behavior
        selectionBehavior ? code=action-selection-behavior
        requiredBehavior ? code=action-required-behavior
        precheckBehavior ? code=action-precheck-behavior
        cardinalityBehavior ? code=action-cardinality-behavior
        definition[x] ? canonical|uri
        transform ? canonical
        dynamicValue * .
        action * PlanDefinition.action
        =PlanDefinition.action.condition BackboneElement
        kind 1 code=action-condition-kind
        expression ? Expression
        =PlanDefinition.action.relatedAction BackboneElement
        actionId 1 id
        relationship 1 code=action-relationship-type
        offset[x] ? Duration|Range
        =PlanDefinition.action.participant BackboneElement
        type 1 code=action-participant-type
        role ? CodeableConcept
        =PlanDefinition.action.dynamicValue BackboneElement
        path ? string
        expression ? Expression
        =Practitioner DomainResource
        identifier * Identifier s
        active ? boolean s
        name * HumanName s
        telecom * ContactPoint s
        address * Address s
        gender ? code=administrative-gender s
        birthDate ? date s
        photo * Attachment
        qualification * .
        communication * CodeableConcept
        =Practitioner.qualification BackboneElement
        identifier * Identifier
        code 1 CodeableConcept
        period ? Period
        issuer ? Reference > Organization
        =PractitionerRole DomainResource
        identifier * Identifier s
        active ? boolean s
        period ? Period s
        practitioner ? Reference s > Practitioner
        organization ? Reference s > Organization
        code * CodeableConcept s
        specialty * CodeableConcept s
        location * Reference s > Location
        healthcareService * Reference > HealthcareService
        telecom * ContactPoint s
        availableTime * .
        notAvailable * .
        availabilityExceptions ? string
        endpoint * Reference > Endpoint
        =PractitionerRole.availableTime BackboneElement
        daysOfWeek * code=days-of-week
        allDay ? boolean
        availableStartTime ? time
        availableEndTime ? time
        =PractitionerRole.notAvailable BackboneElement
        description 1 string
        during ? Period
        =Procedure DomainResource
        identifier * Identifier s
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        basedOn * Reference s > CarePlan ServiceRequest
        partOf * Reference s > Procedure Observation MedicationAdministration
        status 1 code=event-status sm
        statusReason ? CodeableConcept s
        category ? CodeableConcept s
        code ? CodeableConcept s
        subject 1 Reference s > Patient Group
        encounter ? Reference s > Encounter
        performed[x] ? dateTime|Period|string|Age|Range s
        recorder ? Reference s > Patient RelatedPerson Practitioner PractitionerRole
        asserter ? Reference s > Patient RelatedPerson Practitioner PractitionerRole
        performer * . s
        location ? Reference s > Location
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation Procedure DiagnosticReport DocumentReference
        bodySite * CodeableConcept s
        outcome ? CodeableConcept s
        report * Reference > DiagnosticReport DocumentReference Composition
        complication * CodeableConcept
        complicationDetail * Reference > Condition
        followUp * CodeableConcept
        note * Annotation
        focalDevice * .
        usedReference * Reference > Device Medication Substance
        usedCode * CodeableConcept
        =Procedure.performer BackboneElement
        function ? CodeableConcept s
        actor 1 Reference s > Practitioner PractitionerRole Organization Patient RelatedPerson Device
        onBehalfOf ? Reference > Organization
        =Procedure.focalDevice BackboneElement
        action ? CodeableConcept
        manipulated 1 Reference > Device
        =Provenance DomainResource
        target + Reference s
        occurred[x] ? Period|dateTime
        recorded 1 instant s
        policy * uri
        location ? Reference > Location
        reason * CodeableConcept
        activity ? CodeableConcept
        agent + .
        entity * .
        signature * Signature
        =Provenance.agent BackboneElement
        type ? CodeableConcept s
        role * CodeableConcept
        who 1 Reference s > Practitioner PractitionerRole RelatedPerson Patient Device Organization
        onBehalfOf ? Reference > Practitioner PractitionerRole RelatedPerson Patient Device Organization
        =Provenance.entity BackboneElement
        role 1 code=provenance-entity-role s
        what 1 Reference s
        agent * Provenance.agent
        =Questionnaire DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        derivedFrom * canonical
        status 1 code=publication-status sm
        experimental ? boolean s
        subjectType * code=resource-types s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        code * Coding s
        item * .
        =Questionnaire.item BackboneElement
        linkId 1 string
        definition ? uri
        code * Coding
        prefix ? string
        text ? string
        type 1 code=item-type
        enableWhen * . m
        enableBehavior ? code=questionnaire-enable-behavior
        required ? boolean
        repeats ? boolean
        readOnly ? boolean
        maxLength ? integer
        answerValueSet ? canonical
        answerOption * .
        initial * .
        item * Questionnaire.item
        =Questionnaire.item.enableWhen BackboneElement
        question 1 string
        operator 1 code=questionnaire-enable-operator
        answer[x] 1 boolean|decimal|integer|date|dateTime|time|string|Coding|Quantity|Reference
        =Questionnaire.item.answerOption BackboneElement
        value[x] 1 integer|date|time|string|Coding|Reference
        initialSelected ? boolean
        =Questionnaire.item.initial BackboneElement
        value[x] 1 boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|Coding|Quantity|Reference
        =QuestionnaireResponse DomainResource
        identifier ? Identifier s
        basedOn * Reference s > CarePlan ServiceRequest
        partOf * Reference s > Observation Procedure
        questionnaire ? canonical s
        status 1 code=questionnaire-answers-status sm
        subject ? Reference s
        encounter ? Reference s > Encounter
        authored ? dateTime s
        author ? Reference s > Device Practitioner PractitionerRole Patient RelatedPerson Organization
        source ? Reference s > Patient Practitioner PractitionerRole RelatedPerson
        item * .
        =QuestionnaireResponse.item BackboneElement
        linkId 1 string
        definition ? uri
        text ? string
        answer * .
        item * QuestionnaireResponse.item
        =QuestionnaireResponse.item.answer BackboneElement
        value[x] ? boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|Coding|Quantity|Reference
        item * QuestionnaireResponse.item
        =RelatedPerson DomainResource
        identifier * Identifier s
        active ? boolean sm
        patient 1 Reference s > Patient
        relationship * CodeableConcept s
        name * HumanName s
        telecom * ContactPoint s
        gender ? code=administrative-gender s
        birthDate ? date s
        address * Address s
        photo * Attachment
        period ? Period
        communication * .
        =RelatedPerson.communication BackboneElement
        language 1 CodeableConcept
        preferred ? boolean
        =RequestGroup DomainResource
        identifier * Identifier s
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        basedOn * Reference
        replaces * Reference
        groupIdentifier ? Identifier s
        status 1 code=request-status sm
        intent 1 code=request-intent sm
        priority ? code=request-priority s
        code ? CodeableConcept s
        subject ? Reference > Patient Group
        encounter ? Reference > Encounter
        authoredOn ? dateTime
        author ? Reference > Device Practitioner PractitionerRole
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport DocumentReference
        note * Annotation
        action * .
        =RequestGroup.action BackboneElement
        prefix ? string
        title ? string
        description ? string s
        textEquivalent ? string s
        priority ? code=request-priority
        code * CodeableConcept
        documentation * RelatedArtifact
        condition * .
        relatedAction * .
        timing[x] ? dateTime|Age|Period|Duration|Range|Timing
        participant * Reference > Patient Practitioner PractitionerRole RelatedPerson Device
        type ? CodeableConcept
        groupingBehavior ? code=action-grouping-behavior
        selectionBehavior ? code=action-selection-behavior
        requiredBehavior ? code=action-required-behavior
        precheckBehavior ? code=action-precheck-behavior
        cardinalityBehavior ? code=action-cardinality-behavior
        resource ? Reference
        action * RequestGroup.action
        =RequestGroup.action.condition BackboneElement
        kind 1 code=action-condition-kind
        expression ? Expression
        =RequestGroup.action.relatedAction BackboneElement
        actionId 1 id
        relationship 1 code=action-relationship-type
        offset[x] ? Duration|Range
        =ResearchDefinition DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        shortTitle ? string
        subtitle ? string
        status 1 code=publication-status sm
        experimental ? boolean s
        subject[x] ? CodeableConcept|Reference > Group
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        comment * string
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        usage ? string
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        library * canonical
        population 1 Reference s > ResearchElementDefinition
        exposure ? Reference s > ResearchElementDefinition
        exposureAlternative ? Reference s > ResearchElementDefinition
        outcome ? Reference s > ResearchElementDefinition
        =ResearchElementDefinition DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        shortTitle ? string s
        subtitle ? string
        status 1 code=publication-status sm
        experimental ? boolean s
        subject[x] ? CodeableConcept|Reference > Group
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        comment * string
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        usage ? string
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        library * canonical
        type 1 code=research-element-type s
        variableType ? code=variable-type
        characteristic + . s
        =ResearchElementDefinition.characteristic BackboneElement
        definition[x] 1 CodeableConcept|canonical|Expression|DataRequirement s
        usageContext * UsageContext
        exclude ? boolean
        unitOfMeasure ? CodeableConcept
        studyEffectiveDescription ? string
        studyEffective[x] ? dateTime|Period|Duration|Timing
        studyEffectiveTimeFromStart ? Duration
        studyEffectiveGroupMeasure ? code=group-measure
        participantEffectiveDescription ? string
        participantEffective[x] ? dateTime|Period|Duration|Timing
        participantEffectiveTimeFromStart ? Duration
        participantEffectiveGroupMeasure ? code=group-measure
        =ResearchStudy DomainResource
        identifier * Identifier s
        title ? string s
        protocol * Reference s > PlanDefinition
        partOf * Reference s > ResearchStudy
        status 1 code=research-study-status sm
        primaryPurposeType ? CodeableConcept s
        phase ? CodeableConcept s
        category * CodeableConcept s
        focus * CodeableConcept s
        condition * CodeableConcept s
        contact * ContactDetail s
        relatedArtifact * RelatedArtifact
        keyword * CodeableConcept s
        location * CodeableConcept s
        description ? markdown
        enrollment * Reference s > Group
        period ? Period s
        sponsor ? Reference s > Organization
        principalInvestigator ? Reference s > Practitioner PractitionerRole
        site * Reference s > Location
        reasonStopped ? CodeableConcept s
        note * Annotation
        arm * .
        objective * .
        =ResearchStudy.arm BackboneElement
        name 1 string
        type ? CodeableConcept
        description ? string
        =ResearchStudy.objective BackboneElement
        name ? string
        type ? CodeableConcept
        =ResearchSubject DomainResource
        identifier * Identifier s
        status 1 code=research-subject-status sm
        period ? Period s
        study 1 Reference s > ResearchStudy
        individual 1 Reference s > Patient
        assignedArm ? string
        actualArm ? string
        consent ? Reference > Consent
        =RiskAssessment DomainResource
        identifier * Identifier s
        basedOn ? Reference
        parent ? Reference
        status 1 code=observation-status s
        method ? CodeableConcept s
        code ? CodeableConcept s
        subject 1 Reference s > Patient Group
        encounter ? Reference s > Encounter
        occurrence[x] ? dateTime|Period s
        condition ? Reference s > Condition
        performer ? Reference s > Practitioner PractitionerRole Device
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport DocumentReference
        basis * Reference
        prediction * .
        mitigation ? string
        note * Annotation
        =RiskAssessment.prediction BackboneElement
        outcome ? CodeableConcept
        probability[x] ? decimal|Range
        qualitativeRisk ? CodeableConcept
        relativeRisk ? decimal
        when[x] ? Period|Range
        rationale ? string
        =RiskEvidenceSynthesis DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        status 1 code=publication-status sm
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown s
        note * Annotation
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        copyright ? markdown
        approvalDate ? date
        lastReviewDate ? date
        effectivePeriod ? Period s
        topic * CodeableConcept
        author * ContactDetail
        editor * ContactDetail
        reviewer * ContactDetail
        endorser * ContactDetail
        relatedArtifact * RelatedArtifact
        synthesisType ? CodeableConcept
        studyType ? CodeableConcept
        population 1 Reference s > EvidenceVariable
        exposure ? Reference s > EvidenceVariable
        outcome 1 Reference s > EvidenceVariable
        sampleSize ? .
        riskEstimate ? . s
        certainty * .
        =RiskEvidenceSynthesis.sampleSize BackboneElement
        description ? string
        numberOfStudies ? integer
        numberOfParticipants ? integer
        =RiskEvidenceSynthesis.riskEstimate BackboneElement
        description ? string
        type ? CodeableConcept
        value ? decimal
        unitOfMeasure ? CodeableConcept
        denominatorCount ? integer
        numeratorCount ? integer
        precisionEstimate * .
        =RiskEvidenceSynthesis.riskEstimate.precisionEstimate BackboneElement
        type ? CodeableConcept
        level ? decimal
        from ? decimal
        to ? decimal
        =RiskEvidenceSynthesis.certainty BackboneElement
        rating * CodeableConcept
        note * Annotation
        certaintySubcomponent * .
        =RiskEvidenceSynthesis.certainty.certaintySubcomponent BackboneElement
        type ? CodeableConcept
        rating * CodeableConcept
        note * Annotation
        =Schedule DomainResource
        identifier * Identifier s
        active ? boolean sm
        serviceCategory * CodeableConcept s
        serviceType * CodeableConcept s
        specialty * CodeableConcept s
        actor + Reference s > Patient Practitioner PractitionerRole RelatedPerson Device HealthcareService Location
        planningHorizon ? Period s
        comment ? string
        =SearchParameter DomainResource
        url 1 uri s
        version ? string s
        name 1 string s
        derivedFrom ? canonical
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description 1 markdown s
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        code 1 code s
        base + code=resource-types s
        type 1 code=search-param-type s
        expression ? string
        xpath ? string
        xpathUsage ? code=search-xpath-usage
        target * code=resource-types
        multipleOr ? boolean
        multipleAnd ? boolean
        comparator * code=search-comparator
        modifier * code=search-modifier-code
        chain * string
        component * .
        =SearchParameter.component BackboneElement
        definition 1 canonical
        expression 1 string
        =ServiceRequest DomainResource
        identifier * Identifier s
        instantiatesCanonical * canonical s
        instantiatesUri * uri s
        basedOn * Reference s > CarePlan ServiceRequest MedicationRequest
        replaces * Reference s > ServiceRequest
        requisition ? Identifier s
        status 1 code=request-status sm
        intent 1 code=request-intent sm
        category * CodeableConcept s
        priority ? code=request-priority s
        doNotPerform ? boolean sm
        code ? CodeableConcept s
        orderDetail * CodeableConcept s
        quantity[x] ? Quantity|Ratio|Range s
        subject 1 Reference s > Patient Group Location Device
        encounter ? Reference s > Encounter
        occurrence[x] ? dateTime|Period|Timing s
        asNeeded[x] ? boolean|CodeableConcept s
        authoredOn ? dateTime s
        requester ? Reference s > Practitioner PractitionerRole Organization Patient RelatedPerson Device
        performerType ? CodeableConcept s
        performer * Reference s > Practitioner PractitionerRole Organization CareTeam HealthcareService Patient Device
         RelatedPerson
        locationCode * CodeableConcept s
        locationReference * Reference s > Location
        reasonCode * CodeableConcept s
        reasonReference * Reference s > Condition Observation DiagnosticReport DocumentReference
        insurance * Reference > Coverage ClaimResponse
        supportingInfo * Reference
        specimen * Reference s > Specimen
        bodySite * CodeableConcept s
        note * Annotation
        patientInstruction ? string s
        relevantHistory * Reference > Provenance
        =Slot DomainResource
        identifier * Identifier s
        serviceCategory * CodeableConcept s
        serviceType * CodeableConcept s
        specialty * CodeableConcept s
        appointmentType ? CodeableConcept s
        schedule 1 Reference s > Schedule
        status 1 code=slotstatus s
        start 1 instant s
        end 1 instant s
        overbooked ? boolean
        comment ? string
        =Specimen DomainResource
        identifier * Identifier s
        accessionIdentifier ? Identifier s
        status ? code=specimen-status sm
        type ? CodeableConcept s
        subject ? Reference s > Patient Group Device Substance Location
        receivedTime ? dateTime s
        parent * Reference > Specimen
        request * Reference > ServiceRequest
        collection ? .
        processing * .
        container * .
        condition * CodeableConcept s
        note * Annotation
        =Specimen.collection BackboneElement
        collector ? Reference s > Practitioner PractitionerRole
        collected[x] ? dateTime|Period s
        duration ? Duration s
        quantity ? Quantity
        method ? CodeableConcept
        bodySite ? CodeableConcept
        fastingStatus[x] ? CodeableConcept|Duration s
        =Specimen.processing BackboneElement
        description ? string
        procedure ? CodeableConcept
        additive * Reference > Substance
        time[x] ? dateTime|Period
        =Specimen.container BackboneElement
        identifier * Identifier s
        description ? string
        type ? CodeableConcept
        capacity ? Quantity
        specimenQuantity ? Quantity
        additive[x] ? CodeableConcept|Reference > Substance
        =SpecimenDefinition DomainResource
        identifier ? Identifier s
        typeCollected ? CodeableConcept s
        patientPreparation * CodeableConcept s
        timeAspect ? string s
        collection * CodeableConcept s
        typeTested * .
        =SpecimenDefinition.typeTested BackboneElement
        isDerived ? boolean
        type ? CodeableConcept
        preference 1 code=specimen-contained-preference
        container ? .
        requirement ? string
        retentionTime ? Duration
        rejectionCriterion * CodeableConcept
        handling * .
        =SpecimenDefinition.typeTested.container BackboneElement
        material ? CodeableConcept
        type ? CodeableConcept
        cap ? CodeableConcept
        description ? string
        capacity ? Quantity
        minimumVolume[x] ? Quantity|string
        additive * .
        preparation ? string
        =SpecimenDefinition.typeTested.container.additive BackboneElement
        additive[x] 1 CodeableConcept|Reference > Substance
        =SpecimenDefinition.typeTested.handling BackboneElement
        temperatureQualifier ? CodeableConcept
        temperatureRange ? Range
        maxDuration ? Duration
        instruction ? string
        =StructureDefinition DomainResource
        url 1 uri s
        identifier * Identifier s
        version ? string s
        name 1 string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown
        keyword * Coding s
        fhirVersion ? code=FHIR-version s
        mapping * .
        kind 1 code=structure-definition-kind s
        abstract 1 boolean s
        context * . s
        contextInvariant * string s
        type 1 uri s
        baseDefinition ? canonical s
        derivation ? code=type-derivation-rule s
        snapshot ? .
        differential ? .
        =StructureDefinition.mapping BackboneElement
        identity 1 id
        uri ? uri
        name ? string
        comment ? string
        =StructureDefinition.context BackboneElement
        type 1 code=extension-context-type s
        expression 1 string s
        =StructureDefinition.snapshot BackboneElement
        element + ElementDefinition
        =StructureDefinition.differential BackboneElement
        element + ElementDefinition
        =StructureMap DomainResource
        url 1 uri s
        identifier * Identifier s
        version ? string s
        name 1 string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown
        structure * . s
        import * canonical s
        group + . s
        =StructureMap.structure BackboneElement
        url 1 canonical s
        mode 1 code=map-model-mode s
        alias ? string s
        documentation ? string
        =StructureMap.group BackboneElement
        name 1 id s
        extends ? id s
        typeMode 1 code=map-group-type-mode s
        documentation ? string s
        input + . s
        rule + . s
        =StructureMap.group.input BackboneElement
        name 1 id s
        type ? string s
        mode 1 code=map-input-mode s
        documentation ? string
        =StructureMap.group.rule BackboneElement
        name 1 id s
        source + . s
        target * . s
        rule * StructureMap.group.rule s
        dependent * . s
        documentation ? string
        =StructureMap.group.rule.source BackboneElement
        context 1 id s
        min ? integer s
        max ? string s
        type ? string s
        defaultValue[x] ? any s
        element ? string s
        listMode ? code=map-source-list-mode s
        variable ? id s
        condition ? string s
        check ? string s
        logMessage ? string s
        =StructureMap.group.rule.target BackboneElement
        context ? id s
        contextType ? code=map-context-type s
        element ? string s
        variable ? id s
        listMode * code=map-target-list-mode s
        listRuleId ? id s
        transform ? code=map-transform s
        parameter * . s
        =StructureMap.group.rule.target.parameter BackboneElement
        value[x] 1 id|string|boolean|integer|decimal s
        =StructureMap.group.rule.dependent BackboneElement
        name 1 id s
        variable + string s
        =Subscription DomainResource
        status 1 code=subscription-status sm
        contact * ContactPoint s
        end ? instant s
        reason 1 string s
        criteria 1 string s
        error ? string s
        channel 1 . s
        =Subscription.channel BackboneElement
        type 1 code=subscription-channel-type s
        endpoint ? url s
        payload ? code s
        header * string s
        =Substance DomainResource
        identifier * Identifier s
        status ? code=substance-status sm
        category * CodeableConcept s
        code 1 CodeableConcept s
        description ? string s
        instance * . s
        ingredient * . s
        =Substance.instance BackboneElement
        identifier ? Identifier s
        expiry ? dateTime s
        quantity ? Quantity s
        =Substance.ingredient BackboneElement
        quantity ? Ratio s
        substance[x] 1 CodeableConcept|Reference s > Substance
        =SubstanceNucleicAcid DomainResource
        sequenceType ? CodeableConcept s
        numberOfSubunits ? integer s
        areaOfHybridisation ? string s
        oligoNucleotideType ? CodeableConcept s
        subunit * . s
        =SubstanceNucleicAcid.subunit BackboneElement
        subunit ? integer s
        sequence ? string s
        length ? integer s
        sequenceAttachment ? Attachment s
        fivePrime ? CodeableConcept s
        threePrime ? CodeableConcept s
        linkage * . s
        sugar * . s
        =SubstanceNucleicAcid.subunit.linkage BackboneElement
        connectivity ? string s
        identifier ? Identifier s
        name ? string s
        residueSite ? string s
        =SubstanceNucleicAcid.subunit.sugar BackboneElement
        identifier ? Identifier s
        name ? string s
        residueSite ? string s
        =SubstancePolymer DomainResource
        class ? CodeableConcept s
        geometry ? CodeableConcept s
        copolymerConnectivity * CodeableConcept s
        modification * string s
        monomerSet * . s
        repeat * . s
        =SubstancePolymer.monomerSet BackboneElement
        ratioType ? CodeableConcept s
        startingMaterial * . s
        =SubstancePolymer.monomerSet.startingMaterial BackboneElement
        material ? CodeableConcept s
        type ? CodeableConcept s
        isDefining ? boolean s
        amount ? SubstanceAmount s
        =SubstancePolymer.repeat BackboneElement
        numberOfUnits ? integer s
        averageMolecularFormula ? string s
        repeatUnitAmountType ? CodeableConcept s
        repeatUnit * . s
        =SubstancePolymer.repeat.repeatUnit BackboneElement
        orientationOfPolymerisation ? CodeableConcept s
        repeatUnit ? string s
        amount ? SubstanceAmount s
        degreeOfPolymerisation * . s
        structuralRepresentation * . s
        =SubstancePolymer.repeat.repeatUnit.degreeOfPolymerisation BackboneElement
        degree ? CodeableConcept s
        amount ? SubstanceAmount s
        =SubstancePolymer.repeat.repeatUnit.structuralRepresentation BackboneElement
        type ? CodeableConcept s
        representation ? string s
        attachment ? Attachment s
        =SubstanceProtein DomainResource
        sequenceType ? CodeableConcept s
        numberOfSubunits ? integer s
        disulfideLinkage * string s
        subunit * . s
        =SubstanceProtein.subunit BackboneElement
        subunit ? integer s
        sequence ? string s
        length ? integer s
        sequenceAttachment ? Attachment s
        nTerminalModificationId ? Identifier s
        nTerminalModification ? string s
        cTerminalModificationId ? Identifier s
        cTerminalModification ? string s
        =SubstanceReferenceInformation DomainResource
        comment ? string s
        gene * . s
        geneElement * . s
        classification * . s
        target * . s
        =SubstanceReferenceInformation.gene BackboneElement
        geneSequenceOrigin ? CodeableConcept s
        gene ? CodeableConcept s
        source * Reference s > DocumentReference
        =SubstanceReferenceInformation.geneElement BackboneElement
        type ? CodeableConcept s
        element ? Identifier s
        source * Reference s > DocumentReference
        =SubstanceReferenceInformation.classification BackboneElement
        domain ? CodeableConcept s
        classification ? CodeableConcept s
        subtype * CodeableConcept s
        source * Reference s > DocumentReference
        =SubstanceReferenceInformation.target BackboneElement
        target ? Identifier s
        type ? CodeableConcept s
        interaction ? CodeableConcept s
        organism ? CodeableConcept s
        organismType ? CodeableConcept s
        amount[x] ? Quantity|Range|string s
        amountType ? CodeableConcept s
        source * Reference s > DocumentReference
        =SubstanceSourceMaterial DomainResource
        sourceMaterialClass ? CodeableConcept s
        sourceMaterialType ? CodeableConcept s
        sourceMaterialState ? CodeableConcept s
        organismId ? Identifier s
        organismName ? string s
        parentSubstanceId * Identifier s
        parentSubstanceName * string s
        countryOfOrigin * CodeableConcept s
        geographicalLocation * string s
        developmentStage ? CodeableConcept s
        fractionDescription * . s
        organism ? . s
        partDescription * . s
        =SubstanceSourceMaterial.fractionDescription BackboneElement
        fraction ? string s
        materialType ? CodeableConcept s
        =SubstanceSourceMaterial.organism BackboneElement
        family ? CodeableConcept s
        genus ? CodeableConcept s
        species ? CodeableConcept s
        intraspecificType ? CodeableConcept s
        intraspecificDescription ? string s
        author * . s
        hybrid ? . s
        organismGeneral ? . s
        =SubstanceSourceMaterial.organism.author BackboneElement
        authorType ? CodeableConcept s
        authorDescription ? string s
        =SubstanceSourceMaterial.organism.hybrid BackboneElement
        maternalOrganismId ? string s
        maternalOrganismName ? string s
        paternalOrganismId ? string s
        paternalOrganismName ? string s
        hybridType ? CodeableConcept s
        =SubstanceSourceMaterial.organism.organismGeneral BackboneElement
        kingdom ? CodeableConcept s
        phylum ? CodeableConcept s
        class ? CodeableConcept s
        order ? CodeableConcept s
        =SubstanceSourceMaterial.partDescription BackboneElement
        part ? CodeableConcept s
        partLocation ? CodeableConcept s
        =SubstanceSpecification DomainResource
        identifier ? Identifier s
        type ? CodeableConcept s
        status ? CodeableConcept s
        domain ? CodeableConcept s
        description ? string s
        source * Reference s > DocumentReference
        comment ? string s
        moiety * . s
        property * . s
        referenceInformation ? Reference s > SubstanceReferenceInformation
        structure ? . s
        code * . s
        name * . s
        molecularWeight * SubstanceSpecification.structure.isotope.molecularWeight s
        relationship * . s
        nucleicAcid ? Reference s > SubstanceNucleicAcid
        polymer ? Reference s > SubstancePolymer
        protein ? Reference s > SubstanceProtein
        sourceMaterial ? Reference s > SubstanceSourceMaterial
        =SubstanceSpecification.moiety BackboneElement
        role ? CodeableConcept s
        identifier ? Identifier s
        name ? string s
        stereochemistry ? CodeableConcept s
        opticalActivity ? CodeableConcept s
        molecularFormula ? string s
        amount[x] ? Quantity|string s
        =SubstanceSpecification.property BackboneElement
        category ? CodeableConcept s
        code ? CodeableConcept s
        parameters ? string s
        definingSubstance[x] ? Reference|CodeableConcept s > SubstanceSpecification Substance
        amount[x] ? Quantity|string s
        =SubstanceSpecification.structure BackboneElement
        stereochemistry ? CodeableConcept s
        opticalActivity ? CodeableConcept s
        molecularFormula ? string s
        molecularFormulaByMoiety ? string s
        isotope * . s
        molecularWeight ? SubstanceSpecification.structure.isotope.molecularWeight s
        source * Reference s > DocumentReference
        representation * . s
        =SubstanceSpecification.structure.isotope BackboneElement
        identifier ? Identifier s
        name ? CodeableConcept s
        substitution ? CodeableConcept s
        halfLife ? Quantity s
        molecularWeight ? . s
        =SubstanceSpecification.structure.isotope.molecularWeight BackboneElement
        method ? CodeableConcept s
        type ? CodeableConcept s
        amount ? Quantity s
        =SubstanceSpecification.structure.representation BackboneElement
        type ? CodeableConcept s
        representation ? string s
        attachment ? Attachment s
        =SubstanceSpecification.code BackboneElement
        code ? CodeableConcept s
        status ? CodeableConcept s
        statusDate ? dateTime s
        comment ? string s
        source * Reference s > DocumentReference
        =SubstanceSpecification.name BackboneElement
        name 1 string s
        type ? CodeableConcept s
        status ? CodeableConcept s
        preferred ? boolean s
        language * CodeableConcept s
        domain * CodeableConcept s
        jurisdiction * CodeableConcept s
        synonym * SubstanceSpecification.name s
        translation * SubstanceSpecification.name s
        official * . s
        source * Reference s > DocumentReference
        =SubstanceSpecification.name.official BackboneElement
        authority ? CodeableConcept s
        status ? CodeableConcept s
        date ? dateTime s
        =SubstanceSpecification.relationship BackboneElement
        substance[x] ? Reference|CodeableConcept s > SubstanceSpecification
        relationship ? CodeableConcept s
        isDefining ? boolean s
        amount[x] ? Quantity|Range|Ratio|string s
        amountRatioLowLimit ? Ratio s
        amountType ? CodeableConcept s
        source * Reference s > DocumentReference
        =SupplyDelivery DomainResource
        identifier * Identifier
        basedOn * Reference s > SupplyRequest
        partOf * Reference s > SupplyDelivery Contract
        status ? code=supplydelivery-status sm
        patient ? Reference > Patient
        type ? CodeableConcept=supplydelivery-type!
        suppliedItem ? .
        occurrence[x] ? dateTime|Period|Timing s
        supplier ? Reference > Practitioner PractitionerRole Organization
        destination ? Reference > Location
        receiver * Reference > Practitioner PractitionerRole
        =SupplyDelivery.suppliedItem BackboneElement
        quantity ? Quantity
        item[x] ? CodeableConcept|Reference > Medication Substance Device
        =SupplyRequest DomainResource
        identifier * Identifier s
        status ? code=supplyrequest-status sm
        category ? CodeableConcept s
        priority ? code=request-priority s
        item[x] 1 CodeableConcept|Reference s > Medication Substance Device
        quantity 1 Quantity s
        parameter * .
        occurrence[x] ? dateTime|Period|Timing s
        authoredOn ? dateTime s
        requester ? Reference s > Practitioner PractitionerRole Organization Patient RelatedPerson Device
        supplier * Reference s > Organization HealthcareService
        reasonCode * CodeableConcept
        reasonReference * Reference > Condition Observation DiagnosticReport DocumentReference
        deliverFrom ? Reference > Organization Location
        deliverTo ? Reference > Organization Location Patient
        =SupplyRequest.parameter BackboneElement
        code ? CodeableConcept
        value[x] ? CodeableConcept|Quantity|Range|boolean
        =Task DomainResource
        identifier * Identifier
        instantiatesCanonical ? canonical s
        instantiatesUri ? uri s
        basedOn * Reference s
        groupIdentifier ? Identifier s
        partOf * Reference s > Task
        status 1 code=task-status sm
        statusReason ? CodeableConcept s
        businessStatus ? CodeableConcept s
        intent 1 code=task-intent s
        priority ? code=request-priority
        code ? CodeableConcept s
        description ? string s
        focus ? Reference s
        for ? Reference s
        encounter ? Reference s > Encounter
        executionPeriod ? Period s
        authoredOn ? dateTime
        lastModified ? dateTime s
        requester ? Reference s > Device Organization Patient Practitioner PractitionerRole RelatedPerson
        performerType * CodeableConcept
        owner ? Reference s > Practitioner PractitionerRole Organization CareTeam HealthcareService Patient Device
         RelatedPerson
        location ? Reference s > Location
        reasonCode ? CodeableConcept
        reasonReference ? Reference
        insurance * Reference > Coverage ClaimResponse
        note * Annotation
        relevantHistory * Reference > Provenance
        restriction ? .
        input * .
        output * .
        =Task.restriction BackboneElement
        repetitions ? positiveInt
        period ? Period
        recipient * Reference > Patient Practitioner PractitionerRole RelatedPerson Group Organization
        =Task.input BackboneElement
        type 1 CodeableConcept
        value[x] 1 any
        =Task.output BackboneElement
        type 1 CodeableConcept
        value[x] 1 any
        =TerminologyCapabilities DomainResource
        url ? uri s
        version ? string s
        name ? string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date 1 dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown s
        kind 1 code=capability-statement-kind s
        software ? . s
        implementation ? . s
        lockedDate ? boolean s
        codeSystem * .
        expansion ? .
        codeSearch ? code=code-search-support
        validateCode ? .
        translation ? .
        closure ? .
        =TerminologyCapabilities.software BackboneElement
        name 1 string s
        version ? string s
        =TerminologyCapabilities.implementation BackboneElement
        description 1 string s
        url ? url s
        =TerminologyCapabilities.codeSystem BackboneElement
        uri ? canonical
        version * .
        subsumption ? boolean
        =TerminologyCapabilities.codeSystem.version BackboneElement
        code ? string s
        isDefault ? boolean s
        compositional ? boolean
        language * code
        filter * .
        property * code
        =TerminologyCapabilities.codeSystem.version.filter BackboneElement
        code 1 code
        op + code
        =TerminologyCapabilities.expansion BackboneElement
        hierarchical ? boolean
        paging ? boolean
        incomplete ? boolean
        parameter * .
        textFilter ? markdown
        =TerminologyCapabilities.expansion.parameter BackboneElement
        name 1 code
        documentation ? string
        =TerminologyCapabilities.validateCode BackboneElement
        translations 1 boolean
        =TerminologyCapabilities.translation BackboneElement
        needsMap 1 boolean
        =TerminologyCapabilities.closure BackboneElement
        translation ? boolean
        =TestReport DomainResource
        identifier ? Identifier s
        name ? string s
        status 1 code=report-status-codes sm
        testScript 1 Reference s > TestScript
        result 1 code=report-result-codes s
        score ? decimal s
        tester ? string s
        issued ? dateTime s
        participant * .
        setup ? .
        test * .
        teardown ? .
        =TestReport.participant BackboneElement
        type 1 code=report-participant-type
        uri 1 uri
        display ? string
        =TestReport.setup BackboneElement
        action + .
        =TestReport.setup.action BackboneElement
        operation ? .
        assert ? .
        =TestReport.setup.action.operation BackboneElement
        result 1 code=report-action-result-codes
        message ? markdown
        detail ? uri
        =TestReport.setup.action.assert BackboneElement
        result 1 code=report-action-result-codes
        message ? markdown
        detail ? string
        =TestReport.test BackboneElement
        name ? string
        description ? string
        action + .
        =TestReport.test.action BackboneElement
        operation ? TestReport.setup.action.operation
        assert ? TestReport.setup.action.assert
        =TestReport.teardown BackboneElement
        action + .
        =TestReport.teardown.action BackboneElement
        operation 1 TestReport.setup.action.operation
        =TestScript DomainResource
        url 1 uri s
        identifier ? Identifier s
        version ? string s
        name 1 string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        purpose ? markdown
        copyright ? markdown
        origin * .
        destination * .
        metadata ? .
        fixture * .
        profile * Reference
        variable * .
        setup ? .
        test * .
        teardown ? .
        =TestScript.origin BackboneElement
        index 1 integer
        profile 1 Coding
        =TestScript.destination BackboneElement
        index 1 integer
        profile 1 Coding
        =TestScript.metadata BackboneElement
        link * .
        capability + .
        =TestScript.metadata.link BackboneElement
        url 1 uri
        description ? string
        =TestScript.metadata.capability BackboneElement
        required 1 boolean
        validated 1 boolean
        description ? string
        origin * integer
        destination ? integer
        link * uri
        capabilities 1 canonical
        =TestScript.fixture BackboneElement
        autocreate 1 boolean
        autodelete 1 boolean
        resource ? Reference
        =TestScript.variable BackboneElement
        name 1 string
        defaultValue ? string
        description ? string
        expression ? string
        headerField ? string
        hint ? string
        path ? string
        sourceId ? id
        =TestScript.setup BackboneElement
        action + .
        =TestScript.setup.action BackboneElement
        operation ? .
        assert ? .
        =TestScript.setup.action.operation BackboneElement
        type ? Coding
        resource ? code=defined-types
        label ? string
        description ? string
        accept ? code
        contentType ? code
        destination ? integer
        encodeRequestUrl 1 boolean
        method ? code=http-operations
        origin ? integer
        params ? string
        requestHeader * .
        requestId ? id
        responseId ? id
        sourceId ? id
        targetId ? id
        url ? string
        =TestScript.setup.action.operation.requestHeader BackboneElement
        field 1 string
        value 1 string
        =TestScript.setup.action.assert BackboneElement
        label ? string
        description ? string
        direction ? code=assert-direction-codes
        compareToSourceId ? string
        compareToSourceExpression ? string
        compareToSourcePath ? string
        contentType ? code
        expression ? string
        headerField ? string
        minimumId ? string
        navigationLinks ? boolean
        operator ? code=assert-operator-codes
        path ? string
        requestMethod ? code=http-operations
        requestURL ? string
        resource ? code=defined-types
        response ? code=assert-response-code-types
        responseCode ? string
        sourceId ? id
        validateProfileId ? id
        value ? string
        warningOnly 1 boolean
        =TestScript.test BackboneElement
        name ? string
        description ? string
        action + .
        =TestScript.test.action BackboneElement
        operation ? TestScript.setup.action.operation
        assert ? TestScript.setup.action.assert
        =TestScript.teardown BackboneElement
        action + .
        =TestScript.teardown.action BackboneElement
        operation 1 TestScript.setup.action.operation
        =ValueSet DomainResource
        url ? uri s
        identifier * Identifier s
        version ? string s
        name ? string s
        title ? string s
        status 1 code=publication-status sm
        experimental ? boolean s
        date ? dateTime s
        publisher ? string s
        contact * ContactDetail s
        description ? markdown
        useContext * UsageContext s
        jurisdiction * CodeableConcept s
        immutable ? boolean s
        purpose ? markdown
        copyright ? markdown
        compose ? .
        expansion ? .
        =ValueSet.compose BackboneElement
        lockedDate ? date s
        inactive ? boolean s
        include + . s
        exclude * ValueSet.compose.include
        =ValueSet.compose.include BackboneElement
        system ? uri s
        version ? string s
        concept * .
        filter * . s
        valueSet * canonical s
        =ValueSet.compose.include.concept BackboneElement
        code 1 code
        display ? string
        designation * .
        =ValueSet.compose.include.concept.designation BackboneElement
        language ? code
        use ? Coding
        value 1 string
        =ValueSet.compose.include.filter BackboneElement
        property 1 code s
        op 1 code=filter-operator s
        value 1 string s
        =ValueSet.expansion BackboneElement
        identifier ? uri
        timestamp 1 dateTime
        total ? integer
        offset ? integer
        parameter * .
        contains * .
        =ValueSet.expansion.parameter BackboneElement
        name 1 string
        value[x] ? string|boolean|integer|decimal|uri|code|dateTime
        =ValueSet.expansion.contains BackboneElement
        system ? uri
        abstract ? boolean
        inactive ? boolean
        version ? string
        code ? code
        display ? string
        designation * ValueSet.compose.include.concept.designation
        contains * ValueSet.expansion.contains
        =VerificationResult DomainResource
        target * Reference s
        targetLocation * string s
        need ? CodeableConcept s
        status 1 code=verificationresult-status s
        statusDate ? dateTime s
        validationType ? CodeableConcept s
        validationProcess * CodeableConcept s
        frequency ? Timing
        lastPerformed ? dateTime
        nextScheduled ? date
        failureAction ? CodeableConcept s
        primarySource * .
        attestation ? .
        validator * .
        =VerificationResult.primarySource BackboneElement
        who ? Reference > Organization Practitioner PractitionerRole
        type * CodeableConcept s
        communicationMethod * CodeableConcept s
        validationStatus ? CodeableConcept
        validationDate ? dateTime
        canPushUpdates ? CodeableConcept s
        pushTypeAvailable * CodeableConcept
        =VerificationResult.attestation BackboneElement
        who ? Reference s > Practitioner PractitionerRole Organization
        onBehalfOf ? Reference s > Organization Practitioner PractitionerRole
        communicationMethod ? CodeableConcept s
        date ? date s
        sourceIdentityCertificate ? string
        proxyIdentityCertificate ? string
        proxySignature ? Signature
        sourceSignature ? Signature
        =VerificationResult.validator BackboneElement
        organization 1 Reference > Organization
        identityCertificate ? string
        attestationSignature ? Signature
        =VisionPrescription DomainResource
        identifier * Identifier
        status 1 code=fm-status sm
        created 1 dateTime s
        patient 1 Reference s > Patient
        encounter ? Reference > Encounter
        dateWritten 1 dateTime s
        prescriber 1 Reference s > Practitioner PractitionerRole
        lensSpecification + . s
        =VisionPrescription.lensSpecification BackboneElement
        product 1 CodeableConcept s
        eye 1 code=vision-eye-codes s
        sphere ? decimal
        cylinder ? decimal
        axis ? integer
        prism * .
        add ? decimal
        power ? decimal
        backCurve ? decimal
        diameter ? decimal
        duration ? Quantity
        color ? string
        brand ? string
        note * Annotation
        =VisionPrescription.lensSpecification.prism BackboneElement
        amount 1 decimal
        base 1 code=vision-base-codes
        @Account subject
        @AdverseEvent subject
        @AllergyIntolerance patient recorder asserter
        @Appointment participant.actor
        @AppointmentResponse actor
        @AuditEvent agent.who entity.what
        @Basic subject author
        @BodyStructure patient
        @CarePlan subject activity.detail.performer
        @CareTeam subject participant.member
        @ChargeItem subject
        @Claim patient payee.party
        @ClaimResponse patient
        @ClinicalImpression subject
        @Communication subject sender recipient
        @CommunicationRequest subject sender recipient requester
        @Composition subject author attester.party
        @Condition subject asserter
        @Consent patient
        @Coverage beneficiary policyHolder subscriber payor
        @CoverageEligibilityRequest patient
        @CoverageEligibilityResponse patient
        @DetectedIssue patient
        @DeviceRequest subject performer
        @DeviceUseStatement subject
        @DiagnosticReport subject
        @DocumentManifest subject author recipient
        @DocumentReference subject author
        @Encounter subject
        @EnrollmentRequest candidate
        @EpisodeOfCare patient
        @ExplanationOfBenefit patient payee.party
        @FamilyMemberHistory patient
        @Flag subject
        @Goal subject
        @Group member.entity
        @ImagingStudy subject
        @Immunization patient
        @ImmunizationEvaluation patient
        @ImmunizationRecommendation patient
        @Invoice subject recipient
        @List subject source
        @MeasureReport subject
        @Media subject
        @MedicationAdministration subject performer.actor
        @MedicationDispense subject receiver
        @MedicationRequest subject
        @MedicationStatement subject
        @MolecularSequence patient
        @NutritionOrder patient
        @Observation subject performer
        @Patient link.other
        @Person link.target
        @Procedure subject performer.actor
        @Provenance target
        @QuestionnaireResponse subject author
        @RelatedPerson patient
        @RequestGroup subject action.participant
        @ResearchSubject individual
        @RiskAssessment subject
        @Schedule actor
        @ServiceRequest subject performer
        @Specimen subject
        @SupplyDelivery patient
        @SupplyRequest deliverTo
        @VisionPrescription patient
        """#
}
