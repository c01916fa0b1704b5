// FHIR · what R4 resources are searched by. Generated from hl7.fhir.r4.core 4.0.1 by
// scripts/generate-search-parameters.py: SearchParameter, StructureDefinition and ValueSet.

/// The R4 search parameters of each type, as text that ``SearchParameters`` reads.
///
/// `=Type`, then `<` with the members that R4 demands and `>` with those of a summary; then a line `-kind path:type`
/// for each source, numbered from 8 in order, and a line `code kind numbers targets` for each parameter. In a path,
/// `{member=value}` picks elements, `/` stands where those begin that a composite tells apart, and `~` comes before
/// the system of a code. Targets that begin with `!` leave out references to others. `^` stands for
/// `http://hl7.org/fhir/`, and a line that begins with `+` goes on with the one before.
enum SearchParameterTable {
    static let text = """
        =Account
        <status
        >id,meta,implicitRules,identifier,status,type,name,subject,servicePeriod,coverage,owner,description
        -t identifier:Identifier
        -s name:string
        -r owner:Reference
        -r subject:Reference
        -d servicePeriod:Period
        -t status:code~^account-status
        -t type:CodeableConcept
        identifier token 8
        name string 9
        owner reference 10 Organization
        patient reference 11 !Patient
        period date 12
        status token 13
        subject reference 11 Device,HealthcareService,Location,Organization,Patient,Practitioner,PractitionerRole
        type token 14
        =ActivityDefinition
        <status
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +description,useContext,jurisdiction,effectivePeriod,kind,code,doNotPerform
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r library:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        depends-on reference 14,15 *
        derived-from reference 16 *
        description string 17
        effective date 18
        identifier token 19
        jurisdiction token 20
        name string 21
        predecessor reference 22 *
        publisher string 23
        status token 24
        successor reference 25 *
        title string 26
        topic token 27
        url uri 28
        version token 29
        =AdverseEvent
        <actuality,subject
        >id,meta,implicitRules,identifier,actuality,category,event,subject,encounter,date,detected,recordedDate,
        +resultingCondition,location,seriousness,severity,outcome,recorder,contributor,suspectEntity,
        +subjectMedicalHistory,referenceDocument,study
        -t actuality:code~^adverse-event-actuality
        -t category:CodeableConcept
        -d date:dateTime
        -t event:CodeableConcept
        -r location:Reference
        -r recorder:Reference
        -r resultingCondition:Reference
        -t seriousness:CodeableConcept
        -t severity:CodeableConcept
        -r study:Reference
        -r subject:Reference
        -r suspectEntity.instance:Reference
        actuality token 8
        category token 9
        date date 10
        event token 11
        location reference 12 Location
        recorder reference 13 Patient,Practitioner,PractitionerRole,RelatedPerson
        resultingcondition reference 14 Condition
        seriousness token 15
        severity token 16
        study reference 17 ResearchStudy
        subject reference 18 Group,Patient,Practitioner,RelatedPerson
        substance reference 19 Device,Immunization,Medication,MedicationAdministration,MedicationStatement,Procedure,
        +Substance
        =AllergyIntolerance
        <patient
        >id,meta,implicitRules,identifier,clinicalStatus,verificationStatus,type,category,criticality,code,patient,
        +asserter
        -r asserter:Reference
        -t category:code~^allergy-intolerance-category
        -t clinicalStatus:CodeableConcept
        -t code:CodeableConcept
        -t reaction.substance:CodeableConcept
        -t criticality:code~^allergy-intolerance-criticality
        -d recordedDate:dateTime
        -t identifier:Identifier
        -d lastOccurrence:dateTime
        -t reaction.manifestation:CodeableConcept
        -d reaction.onset:dateTime
        -r patient:Reference
        -r recorder:Reference
        -t reaction.exposureRoute:CodeableConcept
        -t reaction.severity:code~^reaction-event-severity
        -t type:code~^allergy-intolerance-type
        -t verificationStatus:CodeableConcept
        asserter reference 8 Patient,Practitioner,PractitionerRole,RelatedPerson
        category token 9
        clinical-status token 10
        code token 11,12
        criticality token 13
        date date 14
        identifier token 15
        last-date date 16
        manifestation token 17
        onset date 18
        patient reference 19 Group,Patient
        recorder reference 20 Patient,Practitioner,PractitionerRole,RelatedPerson
        route token 21
        severity token 22
        type token 23
        verification-status token 24
        =Appointment
        <status,participant
        >id,meta,implicitRules,identifier,status,cancelationReason,serviceCategory,serviceType,specialty,
        +appointmentType,reasonCode,start,end
        -r participant.actor:Reference
        -t appointmentType:CodeableConcept
        -r basedOn:Reference
        -d start:instant
        -t identifier:Identifier
        -t participant.status:code~^participationstatus
        -t reasonCode:CodeableConcept
        -r reasonReference:Reference
        -t serviceCategory:CodeableConcept
        -t serviceType:CodeableConcept
        -r slot:Reference
        -t specialty:CodeableConcept
        -t status:code~^appointmentstatus
        -r supportingInformation:Reference
        actor reference 8 Device,HealthcareService,Location,Patient,Practitioner,PractitionerRole,RelatedPerson
        appointment-type token 9
        based-on reference 10 ServiceRequest
        date date 11
        identifier token 12
        location reference 8 !Location
        part-status token 13
        patient reference 8 !Patient
        practitioner reference 8 !Practitioner
        reason-code token 14
        reason-reference reference 15 Condition,ImmunizationRecommendation,Observation,Procedure
        service-category token 16
        service-type token 17
        slot reference 18 Slot
        specialty token 19
        status token 20
        supporting-info reference 21 *
        =AppointmentResponse
        <appointment,participantStatus
        >id,meta,implicitRules,identifier,appointment,participantType,actor,participantStatus
        -r actor:Reference
        -r appointment:Reference
        -t identifier:Identifier
        -t participantStatus:code~^participationstatus
        actor reference 8 Device,HealthcareService,Location,Patient,Practitioner,PractitionerRole,RelatedPerson
        appointment reference 9 Appointment
        identifier token 10
        location reference 8 !Location
        part-status token 11
        patient reference 8 !Patient
        practitioner reference 8 !Practitioner
        =AuditEvent
        <type,recorded,agent,source
        >id,meta,implicitRules,type,subtype,action,recorded,outcome,outcomeDesc,purposeOfEvent
        -t action:code~^audit-event-action
        -s agent.network.address:string
        -r agent.who:Reference
        -s agent.name:string
        -t agent.role:CodeableConcept
        -t agent.altId:string
        -d recorded:instant
        -r entity.what:Reference
        -s entity.name:string
        -t entity.role:Coding
        -t entity.type:Coding
        -t outcome:code~^audit-event-outcome
        -u agent.policy:uri
        -t source.site:string
        -r source.observer:Reference
        -t subtype:Coding
        -t type:Coding
        action token 8
        address string 9
        agent reference 10 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        agent-name string 11
        agent-role token 12
        altid token 13
        date date 14
        entity reference 15 *
        entity-name string 16
        entity-role token 17
        entity-type token 18
        outcome token 19
        patient reference 10,15 !Patient
        policy uri 20
        site token 21
        source reference 22 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        subtype token 23
        type token 24
        =Basic
        <code
        >id,meta,implicitRules,identifier,code,subject,created,author
        -r author:Reference
        -t code:CodeableConcept
        -d created:date
        -t identifier:Identifier
        -r subject:Reference
        author reference 8 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        code token 9
        created date 10
        identifier token 11
        patient reference 12 !Patient
        subject reference 12 *
        =Binary
        <contentType
        >id,meta,implicitRules,contentType,securityContext
        =BiologicallyDerivedProduct
        <
        >id,meta,implicitRules,identifier
        =BodyStructure
        <patient
        >id,meta,implicitRules,identifier,active,morphology,location,description,patient
        -t identifier:Identifier
        -t location:CodeableConcept
        -t morphology:CodeableConcept
        -r patient:Reference
        identifier token 8
        location token 9
        morphology token 10
        patient reference 11 Patient
        =Bundle
        <type
        >id,meta,implicitRules,identifier,type,timestamp,total,link,entry,signature
        -t identifier:Identifier
        -d timestamp:instant
        -t type:code~^bundle-type
        identifier token 8
        timestamp date 9
        type token 10
        =CapabilityStatement
        <status,date,kind,fhirVersion,format
        >id,meta,implicitRules,url,version,name,title,status,experimental,date,publisher,contact,useContext,
        +jurisdiction,kind,instantiates,imports,software,implementation,fhirVersion,format,patchFormat,
        +implementationGuide,rest,messaging,document
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t version:string
        -t format:code~urn:ietf:bcp:13
        -r implementationGuide:canonical
        -t jurisdiction:CodeableConcept
        -t rest.mode:code~^restful-capability-mode
        -s name:string
        -s publisher:string
        -t rest.resource.type:code~^resource-types
        -r rest.resource.profile:canonical
        -t rest.security.service:CodeableConcept
        -s software.name:string
        -t status:code~^publication-status
        -r rest.resource.supportedProfile:canonical
        -s title:string
        -u url:uri
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        fhirversion token 14
        format token 15
        guide reference 16 ImplementationGuide
        jurisdiction token 17
        mode token 18
        name string 19
        publisher string 20
        resource token 21
        resource-profile reference 22 StructureDefinition
        security-service token 23
        software string 24
        status token 25
        supported-profile reference 26 StructureDefinition
        title string 27
        url uri 28
        version token 14
        =CarePlan
        <status,intent,subject
        >id,meta,implicitRules,identifier,instantiatesCanonical,instantiatesUri,basedOn,replaces,partOf,status,intent,
        +category,title,description,subject,encounter,period,created,author,addresses
        -t activity.detail.code:CodeableConcept
        -d activity.detail.scheduledTiming:Timing
        -d activity.detail.scheduledPeriod:Period
        -r activity.reference:Reference
        -r basedOn:Reference
        -r careTeam:Reference
        -t category:CodeableConcept
        -r addresses:Reference
        -d period:Period
        -r encounter:Reference
        -r goal:Reference
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -t intent:code~^request-intent
        -r partOf:Reference
        -r subject:Reference
        -r activity.detail.performer:Reference
        -r replaces:Reference
        -t status:code~^request-status
        activity-code token 8
        activity-date date 9,10
        activity-reference reference 11 Appointment,CommunicationRequest,DeviceRequest,MedicationRequest,
        +NutritionOrder,RequestGroup,ServiceRequest,Task,VisionPrescription
        based-on reference 12 CarePlan
        care-team reference 13 CareTeam
        category token 14
        condition reference 15 Condition
        date date 16
        encounter reference 17 Encounter
        goal reference 18 Goal
        identifier token 19
        instantiates-canonical reference 20 ActivityDefinition,Measure,OperationDefinition,PlanDefinition,
        +Questionnaire
        instantiates-uri uri 21
        intent token 22
        part-of reference 23 CarePlan
        patient reference 24 !Patient
        performer reference 25 CareTeam,Device,HealthcareService,Organization,Patient,Practitioner,PractitionerRole,
        +RelatedPerson
        replaces reference 26 CarePlan
        status token 27
        subject reference 24 Group,Patient
        =CareTeam
        <
        >id,meta,implicitRules,identifier,status,category,name,subject,encounter,period,managingOrganization
        -t category:CodeableConcept
        -d period:Period
        -r encounter:Reference
        -t identifier:Identifier
        -r participant.member:Reference
        -r subject:Reference
        -t status:code~^care-team-status
        category token 8
        date date 9
        encounter reference 10 Encounter
        identifier token 11
        participant reference 12 CareTeam,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        patient reference 13 !Patient
        status token 14
        subject reference 13 Group,Patient
        =CatalogEntry
        <orderable,referencedItem
        >id,meta,implicitRules,identifier,orderable,referencedItem
        =ChargeItem
        <status,code,subject
        >id,meta,implicitRules,identifier,status,code,subject,context,occurrenceDateTime,occurrencePeriod,
        +occurrenceTiming,quantity,bodysite,enterer,enteredDate,account
        -r account:Reference
        -t code:CodeableConcept
        -r context:Reference
        -d enteredDate:dateTime
        -r enterer:Reference
        -n factorOverride:decimal
        -t identifier:Identifier
        -d occurrenceDateTime:dateTime
        -d occurrencePeriod:Period
        -d occurrenceTiming:Timing
        -r subject:Reference
        -r performer.actor:Reference
        -t performer.function:CodeableConcept
        -r performingOrganization:Reference
        -q priceOverride:Money
        -q quantity:Quantity
        -r requestingOrganization:Reference
        -r service:Reference
        account reference 8 Account
        code token 9
        context reference 10 Encounter,EpisodeOfCare
        entered-date date 11
        enterer reference 12 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        factor-override number 13
        identifier token 14
        occurrence date 15,16,17
        patient reference 18 !Patient
        performer-actor reference 19 CareTeam,Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        performer-function token 20
        performing-organization reference 21 Organization
        price-override quantity 22
        quantity quantity 23
        requesting-organization reference 24 Organization
        service reference 25 DiagnosticReport,ImagingStudy,Immunization,MedicationAdministration,MedicationDispense,
        +Observation,Procedure,SupplyDelivery
        subject reference 18 Group,Patient
        =ChargeItemDefinition
        <url,status
        >id,meta,implicitRules,url,identifier,version,title,derivedFromUri,partOf,replaces,status,experimental,date,
        +publisher,contact,description,useContext,jurisdiction,effectivePeriod,code
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s publisher:string
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        effective date 14
        identifier token 15
        jurisdiction token 16
        publisher string 17
        status token 18
        title string 19
        url uri 20
        version token 21
        =Claim
        <status,type,use,patient,created,provider,priority,insurance
        >id,meta,implicitRules,status,type,use,patient,billablePeriod,created,insurer,provider,priority,insurance
        -r careTeam.provider:Reference
        -d created:dateTime
        -r item.detail.udi:Reference
        -r item.encounter:Reference
        -r enterer:Reference
        -r facility:Reference
        -t identifier:Identifier
        -r insurer:Reference
        -r item.udi:Reference
        -r patient:Reference
        -r payee.party:Reference
        -t priority:CodeableConcept
        -r procedure.udi:Reference
        -r provider:Reference
        -t status:code~^fm-status
        -r item.detail.subDetail.udi:Reference
        -t use:code~^claim-use
        care-team reference 8 Organization,Practitioner,PractitionerRole
        created date 9
        detail-udi reference 10 Device
        encounter reference 11 Encounter
        enterer reference 12 Practitioner,PractitionerRole
        facility reference 13 Location
        identifier token 14
        insurer reference 15 Organization
        item-udi reference 16 Device
        patient reference 17 Patient
        payee reference 18 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        priority token 19
        procedure-udi reference 20 Device
        provider reference 21 Organization,Practitioner,PractitionerRole
        status token 22
        subdetail-udi reference 23 Device
        use token 24
        =ClaimResponse
        <status,type,use,patient,created,insurer,outcome
        >id,meta,implicitRules,status,type,use,patient,created,insurer,request,outcome,total
        -d created:dateTime
        -s disposition:string
        -t identifier:Identifier
        -r insurer:Reference
        -t outcome:code~^remittance-outcome
        -r patient:Reference
        -d payment.date:date
        -r request:Reference
        -r requestor:Reference
        -t status:code~^fm-status
        -t use:code~^claim-use
        created date 8
        disposition string 9
        identifier token 10
        insurer reference 11 Organization
        outcome token 12
        patient reference 13 Patient
        payment-date date 14
        request reference 15 Claim
        requestor reference 16 Organization,Practitioner,PractitionerRole
        status token 17
        use token 18
        =ClinicalImpression
        <status,subject
        >id,meta,implicitRules,identifier,status,code,description,subject,encounter,effectiveDateTime,effectivePeriod,
        +date,assessor,problem
        -r assessor:Reference
        -d date:dateTime
        -r encounter:Reference
        -t finding.itemCodeableConcept:CodeableConcept
        -r finding.itemReference:Reference
        -t identifier:Identifier
        -r investigation.item:Reference
        -r subject:Reference
        -r previous:Reference
        -r problem:Reference
        -t status:code~^event-status
        -r supportingInfo:Reference
        assessor reference 8 Practitioner,PractitionerRole
        date date 9
        encounter reference 10 Encounter
        finding-code token 11
        finding-ref reference 12 Condition,Media,Observation
        identifier token 13
        investigation reference 14 DiagnosticReport,FamilyMemberHistory,ImagingStudy,Media,Observation,
        +QuestionnaireResponse,RiskAssessment
        patient reference 15 !Patient
        previous reference 16 ClinicalImpression
        problem reference 17 AllergyIntolerance,Condition
        status token 18
        subject reference 15 Group,Patient
        supporting-info reference 19 *
        =CodeSystem
        <status,content
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +useContext,jurisdiction,caseSensitive,valueSet,hierarchyMeaning,compositional,versionNeeded,content,
        +supplements,count,filter,property
        -t concept.code:code
        -t content:code~^codesystem-content-mode
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -t concept.designation.language:code~urn:ietf:bcp:47
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -r supplements:canonical
        -u url:uri
        -s title:string
        -t version:string
        code token 8
        content-mode token 9
        context token 10
        context-quantity quantity 11,12
        context-type token 13
        context-type-quantity composite token:13$quantity:11,12
        context-type-value composite token:13$token:10
        date date 14
        description string 15
        identifier token 16
        jurisdiction token 17
        language token 18
        name string 19
        publisher string 20
        status token 21
        supplements reference 22 CodeSystem
        system uri 23
        title string 24
        url uri 23
        version token 25
        =Communication
        <status
        >id,meta,implicitRules,identifier,instantiatesCanonical,instantiatesUri,basedOn,partOf,status,statusReason,
        +priority,subject,encounter,reasonCode,reasonReference
        -r basedOn:Reference
        -t category:CodeableConcept
        -r encounter:Reference
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -t medium:CodeableConcept
        -r partOf:Reference
        -r subject:Reference
        -d received:dateTime
        -r recipient:Reference
        -r sender:Reference
        -d sent:dateTime
        -t status:code~^event-status
        based-on reference 8 *
        category token 9
        encounter reference 10 Encounter
        identifier token 11
        instantiates-canonical reference 12 ActivityDefinition,Measure,OperationDefinition,PlanDefinition,
        +Questionnaire
        instantiates-uri uri 13
        medium token 14
        part-of reference 15 *
        patient reference 16 !Patient
        received date 17
        recipient reference 18 CareTeam,Device,Group,HealthcareService,Organization,Patient,Practitioner,
        +PractitionerRole,RelatedPerson
        sender reference 19 Device,HealthcareService,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        sent date 20
        status token 21
        subject reference 16 Group,Patient
        =CommunicationRequest
        <status
        >id,meta,implicitRules,identifier,basedOn,replaces,groupIdentifier,status,priority,doNotPerform,encounter,
        +occurrenceDateTime,occurrencePeriod,authoredOn,requester,sender,reasonCode,reasonReference
        -d authoredOn:dateTime
        -r basedOn:Reference
        -t category:CodeableConcept
        -r encounter:Reference
        -t groupIdentifier:Identifier
        -t identifier:Identifier
        -t medium:CodeableConcept
        -d occurrenceDateTime:dateTime
        -r subject:Reference
        -t priority:code~^request-priority
        -r recipient:Reference
        -r replaces:Reference
        -r requester:Reference
        -r sender:Reference
        -t status:code~^request-status
        authored date 8
        based-on reference 9 *
        category token 10
        encounter reference 11 Encounter
        group-identifier token 12
        identifier token 13
        medium token 14
        occurrence date 15
        patient reference 16 !Patient
        priority token 17
        recipient reference 18 CareTeam,Device,Group,HealthcareService,Organization,Patient,Practitioner,
        +PractitionerRole,RelatedPerson
        replaces reference 19 CommunicationRequest
        requester reference 20 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        sender reference 21 Device,HealthcareService,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        status token 22
        subject reference 16 Group,Patient
        =CompartmentDefinition
        <url,name,status,code,search
        >id,meta,implicitRules,url,version,name,status,experimental,date,publisher,contact,useContext,code,search,
        +resource
        -t code:code~^compartment-type
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -s name:string
        -s publisher:string
        -t resource.code:code~^resource-types
        -t status:code~^publication-status
        -u url:uri
        -t version:string
        code token 8
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        description string 14
        name string 15
        publisher string 16
        resource token 17
        status token 18
        url uri 19
        version token 20
        =Composition
        <status,type,date,author,title
        >id,meta,implicitRules,identifier,status,type,category,subject,encounter,date,author,title,confidentiality,
        +custodian,event
        -r attester.party:Reference
        -r author:Reference
        -t category:CodeableConcept
        -t confidentiality:code~http://terminology.hl7.org/CodeSystem/v3-Confidentiality
        -t event.code:CodeableConcept
        -d date:dateTime
        -r encounter:Reference
        -r section.entry:Reference
        -t identifier:Identifier
        -r subject:Reference
        -d event.period:Period
        -t relatesTo.targetIdentifier:Identifier
        -r relatesTo.targetReference:Reference
        -t section.code:CodeableConcept
        -t status:code~^composition-status
        -s title:string
        -t type:CodeableConcept
        attester reference 8 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        author reference 9 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        category token 10
        confidentiality token 11
        context token 12
        date date 13
        encounter reference 14 Encounter,EpisodeOfCare
        entry reference 15 *
        identifier token 16
        patient reference 17 !Patient
        period date 18
        related-id token 19
        related-ref reference 20 Composition
        section token 21
        status token 22
        subject reference 17 *
        title string 23
        type token 24
        =ConceptMap
        <status
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +useContext,jurisdiction,sourceUri,sourceCanonical,targetUri,targetCanonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -u group.element.target.dependsOn.property:uri
        -s description:markdown
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r group.unmapped.url:canonical
        -u group.element.target.product.property:uri
        -s publisher:string
        -r sourceCanonical:canonical
        -t group.element.code:code
        -u group.source:uri
        -r sourceUri:uri
        -t status:code~^publication-status
        -r targetCanonical:canonical
        -t group.element.target.code:code
        -u group.target:uri
        -r targetUri:uri
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        dependson uri 13
        description string 14
        identifier token 15
        jurisdiction token 16
        name string 17
        other reference 18 ConceptMap
        product uri 19
        publisher string 20
        source reference 21 ValueSet
        source-code token 22
        source-system uri 23
        source-uri reference 24 ValueSet
        status token 25
        target reference 26 ValueSet
        target-code token 27
        target-system uri 28
        target-uri reference 29 ValueSet
        title string 30
        url uri 31
        version token 32
        =Condition
        <subject
        >id,meta,implicitRules,identifier,clinicalStatus,verificationStatus,code,bodySite,subject,encounter,
        +onsetDateTime,onsetAge,onsetPeriod,onsetRange,onsetString,recordedDate,recorder,asserter
        -q abatementAge:Age
        -q abatementRange:Range
        -d abatementDateTime:dateTime
        -d abatementPeriod:Period
        -s abatementString:string
        -r asserter:Reference
        -t bodySite:CodeableConcept
        -t category:CodeableConcept
        -t clinicalStatus:CodeableConcept
        -t code:CodeableConcept
        -r encounter:Reference
        -t evidence.code:CodeableConcept
        -r evidence.detail:Reference
        -t identifier:Identifier
        -q onsetAge:Age
        -q onsetRange:Range
        -d onsetDateTime:dateTime
        -d onsetPeriod:Period
        -s onsetString:string
        -r subject:Reference
        -d recordedDate:dateTime
        -t severity:CodeableConcept
        -t stage.summary:CodeableConcept
        -t verificationStatus:CodeableConcept
        abatement-age quantity 8,9
        abatement-date date 10,11
        abatement-string string 12
        asserter reference 13 Patient,Practitioner,PractitionerRole,RelatedPerson
        body-site token 14
        category token 15
        clinical-status token 16
        code token 17
        encounter reference 18 Encounter
        evidence token 19
        evidence-detail reference 20 *
        identifier token 21
        onset-age quantity 22,23
        onset-date date 24,25
        onset-info string 26
        patient reference 27 !Patient
        recorded-date date 28
        severity token 29
        stage token 30
        subject reference 27 Organization
        verification-status token 31
        =Consent
        <status,scope,category
        >id,meta,implicitRules,identifier,status,scope,category,patient,dateTime,performer,organization,
        +sourceAttachment,sourceReference,policyRule,verification,provision
        -t provision.action:CodeableConcept
        -r provision.actor.reference:Reference
        -t category:CodeableConcept
        -r performer:Reference
        -r provision.data.reference:Reference
        -d dateTime:dateTime
        -t identifier:Identifier
        -r organization:Reference
        -r patient:Reference
        -d provision.period:Period
        -t provision.purpose:Coding
        -t scope:CodeableConcept
        -t provision.securityLabel:Coding
        -r sourceReference:Reference
        -t status:code~^consent-state-codes
        action token 8
        actor reference 9 CareTeam,Device,Group,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        category token 10
        consentor reference 11 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        data reference 12 *
        date date 13
        identifier token 14
        organization reference 15 Organization
        patient reference 16 Group,Patient
        period date 17
        purpose token 18
        scope token 19
        security-label token 20
        source-reference reference 21 Consent,Contract,DocumentReference,QuestionnaireResponse
        status token 22
        =Contract
        <
        >id,meta,implicitRules,identifier,version,status,issued,applies,subject,name,title,type,subType
        -r authority:Reference
        -r domain:Reference
        -t identifier:Identifier
        -u instantiatesUri:uri
        -d issued:dateTime
        -r subject:Reference
        -r signer.party:Reference
        -t status:code~^contract-status
        -u url:uri
        authority reference 8 Organization
        domain reference 9 Location
        identifier token 10
        instantiates uri 11
        issued date 12
        patient reference 13 !Patient
        signer reference 14 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        status token 15
        subject reference 13 *
        url uri 16
        =Coverage
        <status,beneficiary,payor
        >id,meta,implicitRules,identifier,status,type,policyHolder,subscriber,subscriberId,beneficiary,dependent,
        +period,payor,order,network
        -r beneficiary:Reference
        -t class.type:CodeableConcept
        -s class.value:string
        -s dependent:string
        -t identifier:Identifier
        -r payor:Reference
        -r policyHolder:Reference
        -t status:code~^fm-status
        -r subscriber:Reference
        -t type:CodeableConcept
        beneficiary reference 8 Patient
        class-type token 9
        class-value string 10
        dependent string 11
        identifier token 12
        patient reference 8 Patient
        payor reference 13 Organization,Patient,RelatedPerson
        policy-holder reference 14 Organization,Patient,RelatedPerson
        status token 15
        subscriber reference 16 Patient,RelatedPerson
        type token 17
        =CoverageEligibilityRequest
        <status,purpose,patient,created,insurer
        >id,meta,implicitRules,status,purpose,patient,created,insurer
        -d created:dateTime
        -r enterer:Reference
        -r facility:Reference
        -t identifier:Identifier
        -r patient:Reference
        -r provider:Reference
        -t status:code~^fm-status
        created date 8
        enterer reference 9 Practitioner,PractitionerRole
        facility reference 10 Location
        identifier token 11
        patient reference 12 Patient
        provider reference 13 Organization,Practitioner,PractitionerRole
        status token 14
        =CoverageEligibilityResponse
        <status,purpose,patient,created,request,outcome,insurer
        >id,meta,implicitRules,status,purpose,patient,created,request,outcome,insurer
        -d created:dateTime
        -s disposition:string
        -t identifier:Identifier
        -r insurer:Reference
        -t outcome:code~^remittance-outcome
        -r patient:Reference
        -r request:Reference
        -r requestor:Reference
        -t status:code~^fm-status
        created date 8
        disposition string 9
        identifier token 10
        insurer reference 11 Organization
        outcome token 12
        patient reference 13 Patient
        request reference 14 CoverageEligibilityRequest
        requestor reference 15 Organization,Practitioner,PractitionerRole
        status token 16
        =DetectedIssue
        <status
        >id,meta,implicitRules,identifier,status,code,severity,patient,identifiedDateTime,identifiedPeriod,author,
        +implicated
        -r author:Reference
        -t code:CodeableConcept
        -d identifiedDateTime:dateTime
        -d identifiedPeriod:Period
        -t identifier:Identifier
        -r implicated:Reference
        -r patient:Reference
        author reference 8 Device,Practitioner,PractitionerRole
        code token 9
        identified date 10,11
        identifier token 12
        implicated reference 13 *
        patient reference 14 Group,Patient
        =Device
        <
        >id,meta,implicitRules,udiCarrier,status,safety
        -s deviceName.name:string
        -s type.coding.display:string
        -s type.text:string
        -t extension{url=^SearchParameter/device-extensions-Device-din}.valueCode:code
        -t extension{url=^SearchParameter/device-extensions-Device-din}.valueCoding:Coding
        -t extension{url=^SearchParameter/device-extensions-Device-din}.valueCodeableConcept:CodeableConcept
        -t extension{url=^SearchParameter/device-extensions-Device-din}.valueIdentifier:Identifier
        -t extension{url=^SearchParameter/device-extensions-Device-din}.valueBoolean:boolean
        -t extension{url=^SearchParameter/device-extensions-Device-din}.valueString:string
        -t identifier:Identifier
        -r location:Reference
        -s manufacturer:string
        -s modelNumber:string
        -r owner:Reference
        -r patient:Reference
        -t status:code~^device-status
        -t type:CodeableConcept
        -s udiCarrier.carrierHRF:string
        -s udiCarrier.deviceIdentifier:string
        -u url:uri
        device-name string 8,9,10
        din token 11,12,13,14,15,16
        identifier token 17
        location reference 18 Location
        manufacturer string 19
        model string 20
        organization reference 21 Organization
        patient reference 22 Patient
        status token 23
        type token 24
        udi-carrier string 25
        udi-di string 26
        url uri 27
        =DeviceDefinition
        <
        >id,meta,implicitRules,safety,parentDevice
        -t identifier:Identifier
        -r parentDevice:Reference
        -t type:CodeableConcept
        identifier token 8
        parent reference 9 DeviceDefinition
        type token 10
        =DeviceMetric
        <type,category
        >id,meta,implicitRules,identifier,type,unit,source,parent,operationalStatus,color,category,measurementPeriod,
        +calibration
        -t category:code~^metric-category
        -t identifier:Identifier
        -r parent:Reference
        -r source:Reference
        -t type:CodeableConcept
        category token 8
        identifier token 9
        parent reference 10 Device
        source reference 11 Device
        type token 12
        =DeviceRequest
        <intent,code[x],subject
        >id,meta,implicitRules,identifier,instantiatesCanonical,instantiatesUri,basedOn,priorRequest,groupIdentifier,
        +status,intent,priority,codeReference,codeCodeableConcept,subject,encounter,occurrenceDateTime,
        +occurrencePeriod,occurrenceTiming,authoredOn,requester,performerType,performer,reasonCode,reasonReference
        -d authoredOn:dateTime
        -r basedOn:Reference
        -t codeCodeableConcept:CodeableConcept
        -r codeReference:Reference
        -r encounter:Reference
        -d occurrenceDateTime:dateTime
        -d occurrencePeriod:Period
        -t groupIdentifier:Identifier
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -r insurance:Reference
        -t intent:code~^request-intent
        -r subject:Reference
        -r performer:Reference
        -r priorRequest:Reference
        -r requester:Reference
        -t status:code~^request-status
        authored-on date 8
        based-on reference 9 *
        code token 10
        device reference 11 Device
        encounter reference 12 Encounter,EpisodeOfCare
        event-date date 13,14
        group-identifier token 15
        identifier token 16
        instantiates-canonical reference 17 ActivityDefinition,PlanDefinition
        instantiates-uri uri 18
        insurance reference 19 ClaimResponse,Coverage
        intent token 20
        patient reference 21 !Patient
        performer reference 22 CareTeam,Device,HealthcareService,Organization,Patient,Practitioner,PractitionerRole,
        +RelatedPerson
        prior-request reference 23 *
        requester reference 24 Device,Organization,Practitioner,PractitionerRole
        status token 25
        subject reference 21 Device,Group,Location,Patient
        =DeviceUseStatement
        <status,subject,device
        >id,meta,implicitRules,identifier,basedOn,status,subject,derivedFrom,timingTiming,timingPeriod,timingDateTime,
        +recordedOn,source,device,reasonCode,reasonReference,bodySite
        -r device:Reference
        -t identifier:Identifier
        -r subject:Reference
        device reference 8 Device
        identifier token 9
        patient reference 10 Group,Patient
        subject reference 10 Group,Patient
        =DiagnosticReport
        <status,code
        >id,meta,implicitRules,identifier,status,category,code,subject,encounter,effectiveDateTime,effectivePeriod,
        +issued,performer,resultsInterpreter,media
        -r extension{url=^StructureDefinition/DiagnosticReport-geneticsAssessedCondition}.valueReference:Reference
        -r basedOn:Reference
        -t category:CodeableConcept
        -t code:CodeableConcept
        -t conclusionCode:CodeableConcept
        -d effectiveDateTime:dateTime
        -d effectivePeriod:Period
        -r encounter:Reference
        -t identifier:Identifier
        -d issued:instant
        -r media.link:Reference
        -r subject:Reference
        -r performer:Reference
        -r result:Reference
        -r resultsInterpreter:Reference
        -r specimen:Reference
        -t status:code~^diagnostic-report-status
        assessed-condition reference 8 *
        based-on reference 9 CarePlan,ImmunizationRecommendation,MedicationRequest,NutritionOrder,ServiceRequest
        category token 10
        code token 11
        conclusion token 12
        date date 13,14
        encounter reference 15 Encounter,EpisodeOfCare
        identifier token 16
        issued date 17
        media reference 18 Media
        patient reference 19 !Patient
        performer reference 20 CareTeam,Organization,Practitioner,PractitionerRole
        result reference 21 Observation
        results-interpreter reference 22 CareTeam,Organization,Practitioner,PractitionerRole
        specimen reference 23 Specimen
        status token 24
        subject reference 19 Device,Group,Location,Patient
        =DocumentManifest
        <status,content
        >id,meta,implicitRules,masterIdentifier,identifier,status,type,subject,author,description,content
        -r author:Reference
        -d created:dateTime
        -s description:string
        -t masterIdentifier:Identifier
        -t identifier:Identifier
        -r content:Reference
        -r subject:Reference
        -r recipient:Reference
        -t related.identifier:Identifier
        -r related.ref:Reference
        -u source:uri
        -t status:code~^document-reference-status
        -t type:CodeableConcept
        author reference 8 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        created date 9
        description string 10
        identifier token 11,12
        item reference 13 *
        patient reference 14 !Patient
        recipient reference 15 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        related-id token 16
        related-ref reference 17 *
        source uri 18
        status token 19
        subject reference 14 Device,Group,Patient,Practitioner
        type token 20
        =DocumentReference
        <status,content
        >id,meta,implicitRules,masterIdentifier,identifier,status,docStatus,type,category,subject,date,author,
        +relatesTo,description,securityLabel,content,context
        -r authenticator:Reference
        -r author:Reference
        -t category:CodeableConcept
        -t content.attachment.contentType:code~urn:ietf:bcp:13
        -r custodian:Reference
        -d date:instant
        -s description:string
        -r context.encounter:Reference
        -t context.event:CodeableConcept
        -t context.facilityType:CodeableConcept
        -t content.format:Coding
        -t masterIdentifier:Identifier
        -t identifier:Identifier
        -t content.attachment.language:code~urn:ietf:bcp:47
        -u content.attachment.url:url
        -r subject:Reference
        -d context.period:Period
        -r context.related:Reference
        -r relatesTo/target:Reference
        -t relatesTo/code:code~^document-relationship-type
        -t securityLabel:CodeableConcept
        -t context.practiceSetting:CodeableConcept
        -t status:code~^document-reference-status
        -t type:CodeableConcept
        authenticator reference 8 Organization,Practitioner,PractitionerRole
        author reference 9 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        category token 10
        contenttype token 11
        custodian reference 12 Organization
        date date 13
        description string 14
        encounter reference 15 Encounter,EpisodeOfCare
        event token 16
        facility token 17
        format token 18
        identifier token 19,20
        language token 21
        location uri 22
        patient reference 23 !Patient
        period date 24
        related reference 25 *
        relatesto reference 26 DocumentReference
        relation token 27
        security-label token 28
        setting token 29
        status token 30
        subject reference 23 Device,Group,Patient,Practitioner
        type token 31
        =EffectEvidenceSynthesis
        <status,population,exposure,exposureAlternative,outcome
        >id,meta,implicitRules,url,identifier,version,name,title,status,date,publisher,contact,description,useContext,
        +jurisdiction,effectivePeriod,population,exposure,exposureAlternative,outcome,effectEstimate
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        effective date 14
        identifier token 15
        jurisdiction token 16
        name string 17
        publisher string 18
        status token 19
        title string 20
        url uri 21
        version token 22
        =Encounter
        <status,class
        >id,meta,implicitRules,identifier,status,class,type,serviceType,subject,episodeOfCare,participant,appointment,
        +reasonCode,reasonReference,diagnosis
        -r account:Reference
        -r appointment:Reference
        -r basedOn:Reference
        -t class:Coding
        -d period:Period
        -r diagnosis.condition:Reference
        -r episodeOfCare:Reference
        -t identifier:Identifier
        -q length:Duration
        -r location.location:Reference
        -d location.period:Period
        -r partOf:Reference
        -r participant.individual:Reference
        -t participant.type:CodeableConcept
        -r subject:Reference
        -t reasonCode:CodeableConcept
        -r reasonReference:Reference
        -r serviceProvider:Reference
        -t hospitalization.specialArrangement:CodeableConcept
        -t status:code~^encounter-status
        -t type:CodeableConcept
        account reference 8 Account
        appointment reference 9 Appointment
        based-on reference 10 ServiceRequest
        class token 11
        date date 12
        diagnosis reference 13 Condition,Procedure
        episode-of-care reference 14 EpisodeOfCare
        identifier token 15
        length quantity 16
        location reference 17 Location
        location-period date 18
        part-of reference 19 Encounter
        participant reference 20 Practitioner,PractitionerRole,RelatedPerson
        participant-type token 21
        patient reference 22 !Patient
        practitioner reference 20 !Practitioner
        reason-code token 23
        reason-reference reference 24 Condition,ImmunizationRecommendation,Observation,Procedure
        service-provider reference 25 Organization
        special-arrangement token 26
        status token 27
        subject reference 22 Group,Patient
        type token 28
        =Endpoint
        <status,connectionType,payloadType,address
        >id,meta,implicitRules,identifier,status,connectionType,name,managingOrganization,period,payloadType,
        +payloadMimeType,address
        -t connectionType:Coding
        -t identifier:Identifier
        -s name:string
        -r managingOrganization:Reference
        -t payloadType:CodeableConcept
        -t status:code~^endpoint-status
        connection-type token 8
        identifier token 9
        name string 10
        organization reference 11 Organization
        payload-type token 12
        status token 13
        =EnrollmentRequest
        <
        >id,meta,implicitRules,status
        -t identifier:Identifier
        -r candidate:Reference
        -t status:code~^fm-status
        identifier token 8
        patient reference 9 Patient
        status token 10
        subject reference 9 Patient
        =EnrollmentResponse
        <
        >id,meta,implicitRules,status
        -t identifier:Identifier
        -r request:Reference
        -t status:code~^fm-status
        identifier token 8
        request reference 9 EnrollmentRequest
        status token 10
        =EpisodeOfCare
        <status,patient
        >id,meta,implicitRules,status,type,diagnosis,patient,managingOrganization,period
        -r careManager:Reference
        -r diagnosis.condition:Reference
        -d period:Period
        -t identifier:Identifier
        -r referralRequest:Reference
        -r managingOrganization:Reference
        -r patient:Reference
        -t status:code~^episode-of-care-status
        -t type:CodeableConcept
        care-manager reference 8 !Practitioner
        condition reference 9 Condition
        date date 10
        identifier token 11
        incoming-referral reference 12 ServiceRequest
        organization reference 13 Organization
        patient reference 14 Group,Patient
        status token 15
        type token 16
        =EventDefinition
        <status,trigger
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +useContext,jurisdiction,approvalDate,lastReviewDate,effectivePeriod,trigger
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        depends-on reference 14 *
        derived-from reference 15 *
        description string 16
        effective date 17
        identifier token 18
        jurisdiction token 19
        name string 20
        predecessor reference 21 *
        publisher string 22
        status token 23
        successor reference 24 *
        title string 25
        topic token 26
        url uri 27
        version token 28
        =Evidence
        <status,exposureBackground
        >id,meta,implicitRules,url,identifier,version,name,title,status,date,publisher,contact,description,useContext,
        +jurisdiction,effectivePeriod,exposureBackground,exposureVariant,outcome
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        depends-on reference 14 *
        derived-from reference 15 *
        description string 16
        effective date 17
        identifier token 18
        jurisdiction token 19
        name string 20
        predecessor reference 21 *
        publisher string 22
        status token 23
        successor reference 24 *
        title string 25
        topic token 26
        url uri 27
        version token 28
        =EvidenceVariable
        <status,characteristic
        >id,meta,implicitRules,url,identifier,version,name,title,shortTitle,status,date,publisher,contact,description,
        +useContext,jurisdiction,effectivePeriod,type,characteristic
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        depends-on reference 14 *
        derived-from reference 15 *
        description string 16
        effective date 17
        identifier token 18
        jurisdiction token 19
        name string 20
        predecessor reference 21 *
        publisher string 22
        status token 23
        successor reference 24 *
        title string 25
        topic token 26
        url uri 27
        version token 28
        =ExampleScenario
        <status
        >id,meta,implicitRules,url,identifier,version,name,status,experimental,date,publisher,contact,useContext,
        +jurisdiction
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        identifier token 13
        jurisdiction token 14
        name string 15
        publisher string 16
        status token 17
        url uri 18
        version token 19
        =ExplanationOfBenefit
        <status,type,use,patient,created,insurer,provider,outcome,insurance
        >id,meta,implicitRules,status,type,use,patient,billablePeriod,created,insurer,provider,outcome,insurance,total
        -r careTeam.provider:Reference
        -r claim:Reference
        -r insurance.coverage:Reference
        -d created:dateTime
        -r item.detail.udi:Reference
        -s disposition:string
        -r item.encounter:Reference
        -r enterer:Reference
        -r facility:Reference
        -t identifier:Identifier
        -r item.udi:Reference
        -r patient:Reference
        -r payee.party:Reference
        -r procedure.udi:Reference
        -r provider:Reference
        -t status:code~^explanationofbenefit-status
        -r item.detail.subDetail.udi:Reference
        care-team reference 8 Organization,Practitioner,PractitionerRole
        claim reference 9 Claim
        coverage reference 10 Coverage
        created date 11
        detail-udi reference 12 Device
        disposition string 13
        encounter reference 14 Encounter
        enterer reference 15 Practitioner,PractitionerRole
        facility reference 16 Location
        identifier token 17
        item-udi reference 18 Device
        patient reference 19 Patient
        payee reference 20 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        procedure-udi reference 21 Device
        provider reference 22 Organization,Practitioner,PractitionerRole
        status token 23
        subdetail-udi reference 24 Device
        =FamilyMemberHistory
        <status,patient,relationship
        >id,meta,implicitRules,identifier,instantiatesCanonical,instantiatesUri,status,dataAbsentReason,patient,date,
        +name,relationship,sex,ageAge,ageRange,ageString,estimatedAge,deceasedBoolean,deceasedAge,deceasedRange,
        +deceasedDate,deceasedString,reasonCode,reasonReference
        -t condition.code:CodeableConcept
        -d date:dateTime
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -r patient:Reference
        -t relationship:CodeableConcept
        -t sex:CodeableConcept
        -t status:code~^history-status
        code token 8
        date date 9
        identifier token 10
        instantiates-canonical reference 11 ActivityDefinition,Measure,OperationDefinition,PlanDefinition,
        +Questionnaire
        instantiates-uri uri 12
        patient reference 13 Group,Patient
        relationship token 14
        sex token 15
        status token 16
        =Flag
        <status,code,subject
        >id,meta,implicitRules,identifier,status,category,code,subject,period,encounter,author
        -r author:Reference
        -d period:Period
        -r encounter:Reference
        -t identifier:Identifier
        -r subject:Reference
        author reference 8 Device,Organization,Patient,Practitioner,PractitionerRole
        date date 9
        encounter reference 10 Encounter,EpisodeOfCare
        identifier token 11
        patient reference 12 !Patient
        subject reference 12 Group,Location,Medication,Organization,Patient,PlanDefinition,Practitioner,Procedure
        =Goal
        <lifecycleStatus,description,subject
        >id,meta,implicitRules,lifecycleStatus,achievementStatus,category,priority,description,subject,startDate,
        +startCodeableConcept,statusDate,expressedBy
        -t achievementStatus:CodeableConcept
        -t category:CodeableConcept
        -t identifier:Identifier
        -t lifecycleStatus:code~^goal-status
        -r subject:Reference
        -d startDate:date
        -d target.dueDate:date
        achievement-status token 8
        category token 9
        identifier token 10
        lifecycle-status token 11
        patient reference 12 !Patient
        start-date date 13
        subject reference 12 Group,Organization,Patient
        target-date date 14
        =GraphDefinition
        <name,status,start
        >id,meta,implicitRules,url,version,name,status,experimental,date,publisher,contact,useContext,jurisdiction,
        +start
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t start:code~^resource-types
        -t status:code~^publication-status
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        jurisdiction token 14
        name string 15
        publisher string 16
        start token 17
        status token 18
        url uri 19
        version token 20
        =Group
        <type,actual
        >id,meta,implicitRules,identifier,active,type,actual,code,name,quantity,managingEntity
        -t actual:boolean
        -t characteristic/code:CodeableConcept
        -t characteristic/valueCodeableConcept:CodeableConcept
        -t characteristic/valueBoolean:boolean
        -t code:CodeableConcept
        -t characteristic/exclude:boolean
        -t identifier:Identifier
        -r managingEntity:Reference
        -r member.entity:Reference
        -t type:code~^group-type
        actual token 8
        characteristic token 9
        characteristic-value composite token:9$token:10,11
        code token 12
        exclude token 13
        identifier token 14
        managing-entity reference 15 Organization,Practitioner,PractitionerRole,RelatedPerson
        member reference 16 Device,Group,Medication,Patient,Practitioner,PractitionerRole,Substance
        type token 17
        value token 10,11
        =GuidanceResponse
        <module[x],status
        >id,meta,implicitRules,requestIdentifier,identifier,moduleUri,moduleCanonical,moduleCodeableConcept,status
        -t identifier:Identifier
        -r subject:Reference
        -t requestIdentifier:Identifier
        identifier token 8
        patient reference 9 !Patient
        request token 10
        subject reference 9 Group,Patient
        =HealthcareService
        <
        >id,meta,implicitRules,identifier,active,providedBy,category,type,specialty,location,name,comment,photo
        -t active:boolean
        -t characteristic:CodeableConcept
        -r coverageArea:Reference
        -r endpoint:Reference
        -t identifier:Identifier
        -r location:Reference
        -s name:string
        -r providedBy:Reference
        -t program:CodeableConcept
        -t category:CodeableConcept
        -t type:CodeableConcept
        -t specialty:CodeableConcept
        active token 8
        characteristic token 9
        coverage-area reference 10 Location
        endpoint reference 11 Endpoint
        identifier token 12
        location reference 13 Location
        name string 14
        organization reference 15 Organization
        program token 16
        service-category token 17
        service-type token 18
        specialty token 19
        =ImagingStudy
        <status,subject
        >id,meta,implicitRules,identifier,status,modality,subject,encounter,started,basedOn,referrer,interpreter,
        +endpoint,numberOfSeries,numberOfInstances,procedureReference,procedureCode,location,reasonCode,
        +reasonReference,note,description,series
        -r basedOn:Reference
        -t series.bodySite:Coding
        -t series.instance.sopClass:Coding
        -r encounter:Reference
        -r endpoint:Reference
        -r series.endpoint:Reference
        -t identifier:Identifier
        -t series.instance.uid:id
        -r interpreter:Reference
        -t series.modality:Coding
        -r subject:Reference
        -r series.performer.actor:Reference
        -t reasonCode:CodeableConcept
        -r referrer:Reference
        -t series.uid:id
        -d started:dateTime
        -t status:code~^imagingstudy-status
        basedon reference 8 Appointment,AppointmentResponse,CarePlan,ServiceRequest,Task
        bodysite token 9
        dicom-class token 10
        encounter reference 11 Encounter
        endpoint reference 12,13 Endpoint
        identifier token 14
        instance token 15
        interpreter reference 16 Practitioner,PractitionerRole
        modality token 17
        patient reference 18 !Patient
        performer reference 19 CareTeam,Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        reason token 20
        referrer reference 21 Practitioner,PractitionerRole
        series token 22
        started date 23
        status token 24
        subject reference 18 Device,Group,Patient
        =Immunization
        <status,vaccineCode,patient,occurrence[x]
        >id,meta,implicitRules,status,vaccineCode,patient,occurrenceDateTime,occurrenceString,primarySource,performer,
        +note,isSubpotent
        -d occurrenceDateTime:dateTime
        -t identifier:Identifier
        -r location:Reference
        -s lotNumber:string
        -r manufacturer:Reference
        -r patient:Reference
        -r performer.actor:Reference
        -r reaction.detail:Reference
        -d reaction.date:dateTime
        -t reasonCode:CodeableConcept
        -r reasonReference:Reference
        -s protocolApplied.series:string
        -t status:code~^event-status
        -t statusReason:CodeableConcept
        -t protocolApplied.targetDisease:CodeableConcept
        -t vaccineCode:CodeableConcept
        date date 8
        identifier token 9
        location reference 10 Location
        lot-number string 11
        manufacturer reference 12 Organization
        patient reference 13 Group,Patient
        performer reference 14 Organization,Practitioner,PractitionerRole
        reaction reference 15 Observation
        reaction-date date 16
        reason-code token 17
        reason-reference reference 18 Condition,DiagnosticReport,Observation
        series string 19
        status token 20
        status-reason token 21
        target-disease token 22
        vaccine-code token 23
        =ImmunizationEvaluation
        <status,patient,targetDisease,immunizationEvent,doseStatus
        >id,meta,implicitRules,status,patient,targetDisease,immunizationEvent,doseStatus
        -d date:dateTime
        -t doseStatus:CodeableConcept
        -t identifier:Identifier
        -r immunizationEvent:Reference
        -r patient:Reference
        -t status:code~http://terminology.hl7.org/CodeSystem/medication-admin-status
        -t targetDisease:CodeableConcept
        date date 8
        dose-status token 9
        identifier token 10
        immunization-event reference 11 Immunization
        patient reference 12 Patient
        status token 13
        target-disease token 14
        =ImmunizationRecommendation
        <patient,date,recommendation
        >id,meta,implicitRules,identifier,patient,date,recommendation
        -d date:dateTime
        -t identifier:Identifier
        -r recommendation.supportingPatientInformation:Reference
        -r patient:Reference
        -t recommendation.forecastStatus:CodeableConcept
        -r recommendation.supportingImmunization:Reference
        -t recommendation.targetDisease:CodeableConcept
        -t recommendation.vaccineCode:CodeableConcept
        date date 8
        identifier token 9
        information reference 10 *
        patient reference 11 Patient
        status token 12
        support reference 13 Immunization,ImmunizationEvaluation
        target-disease token 14
        vaccine-type token 15
        =ImplementationGuide
        <url,name,status,packageId,fhirVersion
        >id,meta,implicitRules,url,version,name,title,status,experimental,date,publisher,contact,useContext,
        +jurisdiction,packageId,license,fhirVersion,dependsOn,global
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r dependsOn.uri:canonical
        -s description:markdown
        -t experimental:boolean
        -r global.profile:canonical
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -r definition.resource.reference:Reference
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        depends-on reference 13 ImplementationGuide
        description string 14
        experimental token 15
        global reference 16 StructureDefinition
        jurisdiction token 17
        name string 18
        publisher string 19
        resource reference 20 *
        status token 21
        title string 22
        url uri 23
        version token 24
        =InsurancePlan
        <
        >id,meta,implicitRules,identifier,status,type,name,ownedBy,administeredBy,coverageArea
        -s contact.address:Address
        -s contact.address.city:string
        -s contact.address.country:string
        -s contact.address.postalCode:string
        -s contact.address.state:string
        -t contact.address.use:code~^address-use
        -r administeredBy:Reference
        -r endpoint:Reference
        -t identifier:Identifier
        -s name:string
        -s alias:string
        -r ownedBy:Reference
        -t status:code~^publication-status
        -t type:CodeableConcept
        address string 8
        address-city string 9
        address-country string 10
        address-postalcode string 11
        address-state string 12
        address-use token 13
        administered-by reference 14 Organization
        endpoint reference 15 Endpoint
        identifier token 16
        name string 17,18
        owned-by reference 19 Organization
        status token 20
        type token 21
        =Invoice
        <status
        >id,meta,implicitRules,identifier,status,type,subject,recipient,date,totalNet,totalGross
        -r account:Reference
        -d date:dateTime
        -t identifier:Identifier
        -r issuer:Reference
        -r participant.actor:Reference
        -t participant.role:CodeableConcept
        -r subject:Reference
        -r recipient:Reference
        -t status:code~^invoice-status
        -q totalGross:Money
        -q totalNet:Money
        -t type:CodeableConcept
        account reference 8 Account
        date date 9
        identifier token 10
        issuer reference 11 Organization
        participant reference 12 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        participant-role token 13
        patient reference 14 !Patient
        recipient reference 15 Organization,Patient,RelatedPerson
        status token 16
        subject reference 14 Group,Patient
        totalgross quantity 17
        totalnet quantity 18
        type token 19
        =Library
        <status,type
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,type,date,publisher,contact,
        +description,useContext,jurisdiction,effectivePeriod,content
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t content.contentType:code~urn:ietf:bcp:13
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -t type:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        content-type token 9
        context token 10
        context-quantity quantity 11,12
        context-type token 13
        context-type-quantity composite token:13$quantity:11,12
        context-type-value composite token:13$token:10
        date date 14
        depends-on reference 15 *
        derived-from reference 16 *
        description string 17
        effective date 18
        identifier token 19
        jurisdiction token 20
        name string 21
        predecessor reference 22 *
        publisher string 23
        status token 24
        successor reference 25 *
        title string 26
        topic token 27
        type token 28
        url uri 29
        version token 30
        =Linkage
        <item
        >id,meta,implicitRules,active,author,item
        -r author:Reference
        -r item.resource:Reference
        author reference 8 Organization,Practitioner,PractitionerRole
        item reference 9 *
        source reference 9 *
        =List
        <status,mode
        >id,meta,implicitRules,status,mode,title,code,subject,date,source
        -t code:CodeableConcept
        -d date:dateTime
        -t emptyReason:CodeableConcept
        -r encounter:Reference
        -t identifier:Identifier
        -r entry.item:Reference
        -s note.text:markdown
        -r subject:Reference
        -r source:Reference
        -t status:code~^list-status
        -s title:string
        code token 8
        date date 9
        empty-reason token 10
        encounter reference 11 Encounter,EpisodeOfCare
        identifier token 12
        item reference 13 *
        notes string 14
        patient reference 15 !Patient
        source reference 16 Device,Patient,Practitioner,PractitionerRole
        status token 17
        subject reference 15 Device,Group,Location,Patient
        title string 18
        =Location
        <
        >id,meta,implicitRules,identifier,status,operationalStatus,name,description,mode,type,physicalType,
        +managingOrganization
        -s address:Address
        -s address.city:string
        -s address.country:string
        -s address.postalCode:string
        -s address.state:string
        -t address.use:code~^address-use
        -r endpoint:Reference
        -t identifier:Identifier
        -s name:string
        -s alias:string
        -t operationalStatus:Coding
        -r managingOrganization:Reference
        -r partOf:Reference
        -t status:code~^location-status
        -t type:CodeableConcept
        address string 8
        address-city string 9
        address-country string 10
        address-postalcode string 11
        address-state string 12
        address-use token 13
        endpoint reference 14 Endpoint
        identifier token 15
        name string 16,17
        operational-status token 18
        organization reference 19 Organization
        partof reference 20 Location
        status token 21
        type token 22
        =Measure
        <status
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +description,useContext,jurisdiction,effectivePeriod,disclaimer,scoring,compositeScoring,type,riskAdjustment,
        +rateAggregation,rationale,clinicalRecommendationStatement,improvementNotation,definition,guidance
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r library:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        depends-on reference 14,15 *
        derived-from reference 16 *
        description string 17
        effective date 18
        identifier token 19
        jurisdiction token 20
        name string 21
        predecessor reference 22 *
        publisher string 23
        status token 24
        successor reference 25 *
        title string 26
        topic token 27
        url uri 28
        version token 29
        =MeasureReport
        <status,type,measure,period
        >id,meta,implicitRules,identifier,status,type,measure,subject,date,reporter,period,improvementNotation
        -d date:dateTime
        -r evaluatedResource:Reference
        -t identifier:Identifier
        -r measure:canonical
        -r subject:Reference
        -d period:Period
        -r reporter:Reference
        -t status:code~^measure-report-status
        date date 8
        evaluated-resource reference 9 *
        identifier token 10
        measure reference 11 Measure
        patient reference 12 !Patient
        period date 13
        reporter reference 14 Location,Organization,Practitioner,PractitionerRole
        status token 15
        subject reference 12 Device,Group,Location,Patient,Practitioner,PractitionerRole,RelatedPerson
        =Media
        <status,content
        >id,meta,implicitRules,identifier,basedOn,partOf,status,type,modality,view,subject,encounter,createdDateTime,
        +createdPeriod,issued,operator,reasonCode,bodySite,deviceName,device,height,width,frames,duration,content
        -r basedOn:Reference
        -d createdDateTime:dateTime
        -d createdPeriod:Period
        -r device:Reference
        -r encounter:Reference
        -t identifier:Identifier
        -t modality:CodeableConcept
        -r operator:Reference
        -r subject:Reference
        -t bodySite:CodeableConcept
        -t status:code~^event-status
        -t type:CodeableConcept
        -t view:CodeableConcept
        based-on reference 8 CarePlan,ServiceRequest
        created date 9,10
        device reference 11 Device,DeviceMetric
        encounter reference 12 Encounter
        identifier token 13
        modality token 14
        operator reference 15 CareTeam,Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        patient reference 16 !Patient
        site token 17
        status token 18
        subject reference 16 Device,Group,Location,Patient,Practitioner,PractitionerRole,Specimen
        type token 19
        view token 20
        =Medication
        <
        >id,meta,implicitRules,identifier,code,status,manufacturer,amount
        -t code:CodeableConcept
        -d batch.expirationDate:dateTime
        -t form:CodeableConcept
        -t identifier:Identifier
        -r ingredient.itemReference:Reference
        -t ingredient.itemCodeableConcept:CodeableConcept
        -t batch.lotNumber:string
        -r manufacturer:Reference
        -t status:code~^CodeSystem/medication-status
        code token 8
        expiration-date date 9
        form token 10
        identifier token 11
        ingredient reference 12 Medication,Substance
        ingredient-code token 13
        lot-number token 14
        manufacturer reference 15 Organization
        status token 16
        =MedicationAdministration
        <status,medication[x],subject,effective[x]
        >id,meta,implicitRules,instantiates,partOf,status,medicationCodeableConcept,medicationReference,subject,
        +effectiveDateTime,effectivePeriod,performer
        -t medicationCodeableConcept:CodeableConcept
        -r context:Reference
        -r device:Reference
        -d effectiveDateTime:dateTime
        -d effectivePeriod:Period
        -t identifier:Identifier
        -r medicationReference:Reference
        -r subject:Reference
        -r performer.actor:Reference
        -t reasonCode:CodeableConcept
        -t statusReason:CodeableConcept
        -r request:Reference
        -t status:code~http://terminology.hl7.org/CodeSystem/medication-admin-status
        code token 8
        context reference 9 Encounter,EpisodeOfCare
        device reference 10 Device
        effective-time date 11,12
        identifier token 13
        medication reference 14 Medication
        patient reference 15 !Patient
        performer reference 16 Device,Patient,Practitioner,PractitionerRole,RelatedPerson
        reason-given token 17
        reason-not-given token 18
        request reference 19 MedicationRequest
        status token 20
        subject reference 15 Group,Patient
        =MedicationDispense
        <status,medication[x]
        >id,meta,implicitRules,status,medicationCodeableConcept,medicationReference,subject,whenPrepared
        -t medicationCodeableConcept:CodeableConcept
        -r context:Reference
        -r destination:Reference
        -t identifier:Identifier
        -r medicationReference:Reference
        -r subject:Reference
        -r performer.actor:Reference
        -r authorizingPrescription:Reference
        -r receiver:Reference
        -r substitution.responsibleParty:Reference
        -t status:code~http://terminology.hl7.org/CodeSystem/medicationdispense-status
        -t type:CodeableConcept
        -d whenHandedOver:dateTime
        -d whenPrepared:dateTime
        code token 8
        context reference 9 Encounter,EpisodeOfCare
        destination reference 10 Location
        identifier token 11
        medication reference 12 Medication
        patient reference 13 !Patient
        performer reference 14 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        prescription reference 15 MedicationRequest
        receiver reference 16 Patient,Practitioner
        responsibleparty reference 17 Practitioner,PractitionerRole
        status token 18
        subject reference 13 Group,Patient
        type token 19
        whenhandedover date 20
        whenprepared date 21
        =MedicationKnowledge
        <
        >id,meta,implicitRules,code,status,manufacturer,amount,synonym
        -t medicineClassification.classification:CodeableConcept
        -t medicineClassification.type:CodeableConcept
        -t code:CodeableConcept
        -t doseForm:CodeableConcept
        -r ingredient.itemReference:Reference
        -t ingredient.itemCodeableConcept:CodeableConcept
        -r manufacturer:Reference
        -t monitoringProgram.name:string
        -t monitoringProgram.type:CodeableConcept
        -r monograph.source:Reference
        -t monograph.type:CodeableConcept
        -t cost.source:string
        -t status:code~http://terminology.hl7.org/CodeSystem/medicationknowledge-status
        classification token 8
        classification-type token 9
        code token 10
        doseform token 11
        ingredient reference 12 Substance
        ingredient-code token 13
        manufacturer reference 14 Organization
        monitoring-program-name token 15
        monitoring-program-type token 16
        monograph reference 17 DocumentReference,Media
        monograph-type token 18
        source-cost token 19
        status token 20
        =MedicationRequest
        <status,intent,medication[x],subject
        >id,meta,implicitRules,status,intent,priority,doNotPerform,reportedBoolean,reportedReference,
        +medicationCodeableConcept,medicationReference,subject,authoredOn,requester,performerType,
        +instantiatesCanonical,instantiatesUri,basedOn,groupIdentifier
        -d authoredOn:dateTime
        -t category:CodeableConcept
        -t medicationCodeableConcept:CodeableConcept
        -d dosageInstruction.timing.event:dateTime
        -r encounter:Reference
        -t identifier:Identifier
        -r dispenseRequest.performer:Reference
        -r performer:Reference
        -t performerType:CodeableConcept
        -t intent:code~^CodeSystem/medicationrequest-intent
        -r medicationReference:Reference
        -r subject:Reference
        -t priority:code~^request-priority
        -r requester:Reference
        -t status:code~^CodeSystem/medicationrequest-status
        authoredon date 8
        category token 9
        code token 10
        date date 11
        encounter reference 12 Encounter
        identifier token 13
        intended-dispenser reference 14 Organization
        intended-performer reference 15 CareTeam,Device,Organization,Patient,Practitioner,PractitionerRole,
        +RelatedPerson
        intended-performertype token 16
        intent token 17
        medication reference 18 Medication
        patient reference 19 !Patient
        priority token 20
        requester reference 21 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        status token 22
        subject reference 19 Group,Patient
        =MedicationStatement
        <status,medication[x],subject
        >id,meta,implicitRules,identifier,basedOn,partOf,status,category,medicationCodeableConcept,
        +medicationReference,subject,context,effectiveDateTime,effectivePeriod,dateAsserted
        -t category:CodeableConcept
        -t medicationCodeableConcept:CodeableConcept
        -r context:Reference
        -d effectiveDateTime:dateTime
        -d effectivePeriod:Period
        -t identifier:Identifier
        -r medicationReference:Reference
        -r partOf:Reference
        -r subject:Reference
        -r informationSource:Reference
        -t status:code~^CodeSystem/medication-statement-status
        category token 8
        code token 9
        context reference 10 Encounter,EpisodeOfCare
        effective date 11,12
        identifier token 13
        medication reference 14 Medication
        part-of reference 15 MedicationAdministration,MedicationDispense,MedicationStatement,Observation,Procedure
        patient reference 16 !Patient
        source reference 17 Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        status token 18
        subject reference 16 Group,Patient
        =MedicinalProduct
        <name
        >id,meta,implicitRules,identifier,type,domain,combinedPharmaceuticalDoseForm,legalStatusOfSupply,
        +additionalMonitoringIndicator,specialMeasures,paediatricUseIndicator,productClassification,marketingStatus,
        +pharmaceuticalProduct,packagedMedicinalProduct,attachedDocument,masterFile,contact,clinicalTrial,name,
        +crossReference,manufacturingBusinessOperation,specialDesignation
        -t identifier:Identifier
        -s name.productName:string
        -t name.countryLanguage.language:CodeableConcept
        identifier token 8
        name string 9
        name-language token 10
        =MedicinalProductAuthorization
        <
        >id,meta,implicitRules,identifier,subject,country,jurisdiction,status,statusDate,restoreDate,validityPeriod,
        +dataExclusivityPeriod,dateOfFirstAuthorization,internationalBirthDate,legalBasis,jurisdictionalAuthorization,
        +holder,regulator,procedure
        -t country:CodeableConcept
        -r holder:Reference
        -t identifier:Identifier
        -t status:CodeableConcept
        -r subject:Reference
        country token 8
        holder reference 9 Organization
        identifier token 10
        status token 11
        subject reference 12 MedicinalProduct,MedicinalProductPackaged
        =MedicinalProductContraindication
        <
        >id,meta,implicitRules,subject,disease,diseaseStatus,comorbidity,therapeuticIndication,otherTherapy,population
        -r subject:Reference
        subject reference 8 Medication,MedicinalProduct
        =MedicinalProductIndication
        <
        >id,meta,implicitRules,subject,diseaseSymptomProcedure,diseaseStatus,comorbidity,intendedEffect,duration,
        +otherTherapy,undesirableEffect,population
        -r subject:Reference
        subject reference 8 Medication,MedicinalProduct
        =MedicinalProductIngredient
        <role
        >id,meta,implicitRules,identifier,role,allergenicIndicator,manufacturer,specifiedSubstance,substance
        =MedicinalProductInteraction
        <
        >id,meta,implicitRules,subject,description,interactant,type,effect,incidence,management
        -r subject:Reference
        subject reference 8 Medication,MedicinalProduct,Substance
        =MedicinalProductManufactured
        <manufacturedDoseForm,quantity
        >id,meta,implicitRules,manufacturedDoseForm,unitOfPresentation,quantity,manufacturer,ingredient,
        +physicalCharacteristics,otherCharacteristics
        =MedicinalProductPackaged
        <packageItem
        >id,meta,implicitRules,identifier,subject,description,legalStatusOfSupply,marketingStatus,
        +marketingAuthorization,manufacturer,batchIdentifier,packageItem
        -t identifier:Identifier
        -r subject:Reference
        identifier token 8
        subject reference 9 MedicinalProduct
        =MedicinalProductPharmaceutical
        <administrableDoseForm,routeOfAdministration
        >id,meta,implicitRules,identifier,administrableDoseForm,unitOfPresentation,ingredient,device,characteristics,
        +routeOfAdministration
        -t identifier:Identifier
        -t routeOfAdministration.code:CodeableConcept
        -t routeOfAdministration.targetSpecies.code:CodeableConcept
        identifier token 8
        route token 9
        target-species token 10
        =MedicinalProductUndesirableEffect
        <
        >id,meta,implicitRules,subject,symptomConditionEffect,classification,frequencyOfOccurrence,population
        -r subject:Reference
        subject reference 8 Medication,MedicinalProduct
        =MessageDefinition
        <status,date,event[x]
        >id,meta,implicitRules,url,identifier,version,name,title,replaces,status,experimental,date,publisher,contact,
        +description,useContext,jurisdiction,purpose,base,parent,eventCoding,eventUri,category,focus
        -t category:code~^message-significance-category
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t eventCoding:Coding
        -t eventUri:uri
        -t focus.code:code~^resource-types
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r parent:canonical
        -s publisher:string
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        category token 8
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        description string 14
        event token 15,16
        focus token 17
        identifier token 18
        jurisdiction token 19
        name string 20
        parent reference 21 ActivityDefinition,PlanDefinition
        publisher string 22
        status token 23
        title string 24
        url uri 25
        version token 26
        =MessageHeader
        <event[x],source
        >id,meta,implicitRules,eventCoding,eventUri,destination,sender,enterer,author,source,responsible,reason,
        +response,focus,definition
        -r author:Reference
        -t response.code:code~^response-code
        -s destination.name:string
        -u destination.endpoint:url
        -r enterer:Reference
        -t eventCoding:Coding
        -t eventUri:uri
        -r focus:Reference
        -r destination.receiver:Reference
        -t response.identifier:id
        -r responsible:Reference
        -r sender:Reference
        -s source.name:string
        -u source.endpoint:url
        -r destination.target:Reference
        author reference 8 Practitioner,PractitionerRole
        code token 9
        destination string 10
        destination-uri uri 11
        enterer reference 12 Practitioner,PractitionerRole
        event token 13,14
        focus reference 15 *
        receiver reference 16 Organization,Practitioner,PractitionerRole
        response-id token 17
        responsible reference 18 Organization,Practitioner,PractitionerRole
        sender reference 19 Organization,Practitioner,PractitionerRole
        source string 20
        source-uri uri 21
        target reference 22 Device
        =MolecularSequence
        <coordinateSystem
        >id,meta,implicitRules,identifier,type,coordinateSystem,patient,specimen,device,performer,quantity,
        +referenceSeq,variant,observedSeq,quality,readCoverage,repository,pointer,structureVariant
        -t referenceSeq/chromosome:CodeableConcept
        -n referenceSeq/windowStart:integer
        -n referenceSeq/windowEnd:integer
        -t identifier:Identifier
        -r patient:Reference
        -t referenceSeq/referenceSeqId:CodeableConcept
        -t type:code~^sequence-type
        -n variant/end:integer
        -n variant/start:integer
        chromosome token 8
        chromosome-window-coordinate composite token:8$number:9$number:10
        identifier token 11
        patient reference 12 Patient
        referenceseqid token 13
        referenceseqid-window-coordinate composite token:13$number:9$number:10
        type token 14
        variant-end number 15
        variant-start number 16
        window-end number 10
        window-start number 9
        =NamingSystem
        <name,status,kind,date,uniqueId
        >id,meta,implicitRules,name,status,kind,date,publisher,contact,useContext,jurisdiction,uniqueId
        -s contact.name:string
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t uniqueId.type:code~^namingsystem-identifier-type
        -t jurisdiction:CodeableConcept
        -t kind:code~^namingsystem-type
        -s name:string
        -d uniqueId.period:Period
        -s publisher:string
        -s responsible:string
        -t status:code~^publication-status
        -t contact.telecom:ContactPoint
        -t type:CodeableConcept
        -s uniqueId.value:string
        contact string 8
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        description string 14
        id-type token 15
        jurisdiction token 16
        kind token 17
        name string 18
        period date 19
        publisher string 20
        responsible string 21
        status token 22
        telecom token 23
        type token 24
        value string 25
        =NutritionOrder
        <status,intent,patient,dateTime
        >id,meta,implicitRules,instantiatesCanonical,instantiatesUri,status,intent,patient,dateTime,orderer
        -t enteralFormula.additiveType:CodeableConcept
        -d dateTime:dateTime
        -r encounter:Reference
        -t enteralFormula.baseFormulaType:CodeableConcept
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -t oralDiet.type:CodeableConcept
        -r patient:Reference
        -r orderer:Reference
        -t status:code~^request-status
        -t supplement.type:CodeableConcept
        additive token 8
        datetime date 9
        encounter reference 10 Encounter,EpisodeOfCare
        formula token 11
        identifier token 12
        instantiates-canonical reference 13 ActivityDefinition,PlanDefinition
        instantiates-uri uri 14
        oraldiet token 15
        patient reference 16 Group,Patient
        provider reference 17 Practitioner,PractitionerRole
        status token 18
        supplement token 19
        =Observation
        <status,code
        >id,meta,implicitRules,identifier,basedOn,partOf,status,code,subject,focus,encounter,effectiveDateTime,
        +effectivePeriod,effectiveTiming,effectiveInstant,issued,performer,valueQuantity,valueCodeableConcept,
        +valueString,valueBoolean,valueInteger,valueRange,valueRatio,valueSampledData,valueTime,valueDateTime,
        +valuePeriod,hasMember,derivedFrom,component
        -s extension{url=^StructureDefinition/observation-geneticsAminoAcidChangeName}.valueString:string
        -r basedOn:Reference
        -t category:CodeableConcept
        -t code:CodeableConcept
        -t valueCodeableConcept:CodeableConcept
        -d valueDateTime:dateTime
        -d valuePeriod:Period
        -q valueQuantity:Quantity
        -s valueString:string
        -t component/code:CodeableConcept
        -t component/valueCodeableConcept:CodeableConcept
        -q component/valueQuantity:Quantity
        -t dataAbsentReason:CodeableConcept
        -t component/dataAbsentReason:CodeableConcept
        -d effectiveDateTime:dateTime
        -d effectivePeriod:Period
        -d effectiveTiming:Timing
        -d effectiveInstant:instant
        -r derivedFrom:Reference
        -r device:Reference
        -s extension{url=^StructureDefinition/observation-geneticsDnaVariant}.valueString:string
        -r encounter:Reference
        -r focus:Reference
        -t extension{url=^StructureDefinition/observation-geneticsGene}.valueCode:code
        -t extension{url=^StructureDefinition/observation-geneticsGene}.valueCoding:Coding
        -t extension{url=^StructureDefinition/observation-geneticsGene}.valueCodeableConcept:CodeableConcept
        -t extension{url=^StructureDefinition/observation-geneticsGene}.valueIdentifier:Identifier
        -t extension{url=^StructureDefinition/observation-geneticsGene}.valueBoolean:boolean
        -t extension{url=^StructureDefinition/observation-geneticsGene}.valueString:string
        -r hasMember:Reference
        -t identifier:Identifier
        -t method:CodeableConcept
        -r partOf:Reference
        -r subject:Reference
        -r performer:Reference
        -r specimen:Reference
        -t status:code~^observation-status
        -s valueCodeableConcept.text:string
        amino-acid-change string 8
        based-on reference 9 CarePlan,DeviceRequest,ImmunizationRecommendation,MedicationRequest,NutritionOrder,
        +ServiceRequest
        category token 10
        code token 11
        code-value-concept composite token:11$token:12
        code-value-date composite token:11$date:13,14
        code-value-quantity composite token:11$quantity:15
        code-value-string composite token:11$string:16
        combo-code token 11,17
        combo-code-value-concept composite token:11,17$token:12,18
        combo-code-value-quantity composite token:11,17$quantity:15,19
        combo-data-absent-reason token 20,21
        combo-value-concept token 12,18
        combo-value-quantity quantity 15,19
        component-code token 17
        component-code-value-concept composite token:17$token:18
        component-code-value-quantity composite token:17$quantity:19
        component-data-absent-reason token 21
        component-value-concept token 18
        component-value-quantity quantity 19
        data-absent-reason token 20
        date date 22,23,24,25
        derived-from reference 26 DocumentReference,ImagingStudy,Media,MolecularSequence,Observation,
        +QuestionnaireResponse
        device reference 27 Device,DeviceMetric
        dna-variant string 28
        encounter reference 29 Encounter,EpisodeOfCare
        focus reference 30 *
        gene-amino-acid-change string 8
        gene-dnavariant string 28
        gene-identifier token 31,32,33,34,35,36
        has-member reference 37 MolecularSequence,Observation,QuestionnaireResponse
        identifier token 38
        method token 39
        part-of reference 40 ImagingStudy,Immunization,MedicationAdministration,MedicationDispense,
        +MedicationStatement,Procedure
        patient reference 41 !Patient
        performer reference 42 CareTeam,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        specimen reference 43 Specimen
        status token 44
        subject reference 41 Device,Group,Location,Patient
        value-concept token 12
        value-date date 13,14
        value-quantity quantity 15
        value-string string 16,45
        =ObservationDefinition
        <code
        >id,meta,implicitRules,category,code,identifier
        =OperationDefinition
        <name,status,kind,code,system,type,instance
        >id,meta,implicitRules,url,version,name,title,status,kind,experimental,date,publisher,contact,useContext,
        +jurisdiction,affectsState,code,base,resource,system,type,instance
        -r base:canonical
        -t code:code
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -r inputProfile:canonical
        -t instance:boolean
        -t jurisdiction:CodeableConcept
        -t kind:code~^operation-kind
        -s name:string
        -r outputProfile:canonical
        -s publisher:string
        -t status:code~^publication-status
        -t system:boolean
        -s title:string
        -t type:boolean
        -u url:uri
        -t version:string
        base reference 8 OperationDefinition
        code token 9
        context token 10
        context-quantity quantity 11,12
        context-type token 13
        context-type-quantity composite token:13$quantity:11,12
        context-type-value composite token:13$token:10
        date date 14
        description string 15
        input-profile reference 16 StructureDefinition
        instance token 17
        jurisdiction token 18
        kind token 19
        name string 20
        output-profile reference 21 StructureDefinition
        publisher string 22
        status token 23
        system token 24
        title string 25
        type token 26
        url uri 27
        version token 28
        =OperationOutcome
        <issue
        >id,meta,implicitRules,issue
        =Organization
        <
        >id,meta,implicitRules,identifier,active,type,name,partOf
        -t active:boolean
        -s address:Address
        -s address.city:string
        -s address.country:string
        -s address.postalCode:string
        -s address.state:string
        -t address.use:code~^address-use
        -r endpoint:Reference
        -t identifier:Identifier
        -s name:string
        -s alias:string
        -r partOf:Reference
        -t type:CodeableConcept
        active token 8
        address string 9
        address-city string 10
        address-country string 11
        address-postalcode string 12
        address-state string 13
        address-use token 14
        endpoint reference 15 Endpoint
        identifier token 16
        name string 17,18
        partof reference 19 Organization
        type token 20
        =OrganizationAffiliation
        <
        >id,meta,implicitRules,identifier,active,period,organization,participatingOrganization,network,code,specialty,
        +location,telecom
        -t active:boolean
        -d period:Period
        -t telecom{system=email}:ContactPoint
        -r endpoint:Reference
        -t identifier:Identifier
        -r location:Reference
        -r network:Reference
        -r participatingOrganization:Reference
        -t telecom{system=phone}:ContactPoint
        -r organization:Reference
        -t code:CodeableConcept
        -r healthcareService:Reference
        -t specialty:CodeableConcept
        -t telecom:ContactPoint
        active token 8
        date date 9
        email token 10
        endpoint reference 11 Endpoint
        identifier token 12
        location reference 13 Location
        network reference 14 Organization
        participating-organization reference 15 Organization
        phone token 16
        primary-organization reference 17 Organization
        role token 18
        service reference 19 HealthcareService
        specialty token 20
        telecom token 21
        =Parameters
        <
        >id,meta,implicitRules,parameter
        =Patient
        <
        >id,meta,implicitRules,identifier,active,name,telecom,gender,birthDate,deceasedBoolean,deceasedDateTime,
        +address,managingOrganization,link
        -t active:boolean
        -s address:Address
        -s address.city:string
        -s address.country:string
        -s address.postalCode:string
        -s address.state:string
        -t address.use:code~^address-use
        -d birthDate:date
        -d deceasedDateTime:dateTime
        -t :deceased
        -t telecom{system=email}:ContactPoint
        -s name.family:string
        -t gender:code~^administrative-gender
        -r generalPractitioner:Reference
        -s name.given:string
        -t identifier:Identifier
        -t communication.language:CodeableConcept
        -r link.other:Reference
        -s extension{url=^StructureDefinition/patient-extensions-Patient-mothersMaidenName}.valueString:string
        -s name:HumanName
        -r managingOrganization:Reference
        -t telecom{system=phone}:ContactPoint
        -t telecom:ContactPoint
        active token 8
        address string 9
        address-city string 10
        address-country string 11
        address-postalcode string 12
        address-state string 13
        address-use token 14
        birthdate date 15
        death-date date 16
        deceased token 17
        email token 18
        family string 19
        gender token 20
        general-practitioner reference 21 Organization,Practitioner,PractitionerRole
        given string 22
        identifier token 23
        language token 24
        link reference 25 Patient,RelatedPerson
        mothersMaidenName string 26
        name string 27
        organization reference 28 Organization
        phone token 29
        telecom token 30
        =PaymentNotice
        <status,created,payment,recipient,amount
        >id,meta,implicitRules,status,created,payment,recipient,amount
        -d created:dateTime
        -t identifier:Identifier
        -t paymentStatus:CodeableConcept
        -r provider:Reference
        -r request:Reference
        -r response:Reference
        -t status:code~^fm-status
        created date 8
        identifier token 9
        payment-status token 10
        provider reference 11 Organization,Practitioner,PractitionerRole
        request reference 12 *
        response reference 13 *
        status token 14
        =PaymentReconciliation
        <status,created,paymentDate,paymentAmount
        >id,meta,implicitRules,status,period,created,paymentIssuer,paymentDate,paymentAmount
        -d created:dateTime
        -s disposition:string
        -t identifier:Identifier
        -t outcome:code~^remittance-outcome
        -r paymentIssuer:Reference
        -r request:Reference
        -r requestor:Reference
        -t status:code~^fm-status
        created date 8
        disposition string 9
        identifier token 10
        outcome token 11
        payment-issuer reference 12 Organization
        request reference 13 Task
        requestor reference 14 Organization,Practitioner,PractitionerRole
        status token 15
        =Person
        <
        >id,meta,implicitRules,name,telecom,gender,birthDate,managingOrganization,active
        -s address:Address
        -s address.city:string
        -s address.country:string
        -s address.postalCode:string
        -s address.state:string
        -t address.use:code~^address-use
        -d birthDate:date
        -t telecom{system=email}:ContactPoint
        -t gender:code~^administrative-gender
        -t identifier:Identifier
        -r link.target:Reference
        -s name:HumanName
        -r managingOrganization:Reference
        -t telecom{system=phone}:ContactPoint
        -t telecom:ContactPoint
        address string 8
        address-city string 9
        address-country string 10
        address-postalcode string 11
        address-state string 12
        address-use token 13
        birthdate date 14
        email token 15
        gender token 16
        identifier token 17
        link reference 18 Patient,Person,Practitioner,RelatedPerson
        name string 19
        organization reference 20 Organization
        patient reference 18 !Patient
        phone token 21
        practitioner reference 18 !Practitioner
        relatedperson reference 18 !RelatedPerson
        telecom token 22
        =PlanDefinition
        <status
        >id,meta,implicitRules,url,identifier,version,name,title,type,status,experimental,date,publisher,contact,
        +description,useContext,jurisdiction,effectivePeriod
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r action.definitionCanonical:canonical
        -r action.definitionUri:uri
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r library:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -t type:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        definition reference 14,15 ActivityDefinition,PlanDefinition,Questionnaire
        depends-on reference 16,17 *
        derived-from reference 18 *
        description string 19
        effective date 20
        identifier token 21
        jurisdiction token 22
        name string 23
        predecessor reference 24 *
        publisher string 25
        status token 26
        successor reference 27 *
        title string 28
        topic token 29
        type token 30
        url uri 31
        version token 32
        =Practitioner
        <
        >id,meta,implicitRules,identifier,active,name,telecom,address,gender,birthDate
        -t active:boolean
        -s address:Address
        -s address.city:string
        -s address.country:string
        -s address.postalCode:string
        -s address.state:string
        -t address.use:code~^address-use
        -t communication:CodeableConcept
        -t telecom{system=email}:ContactPoint
        -s name.family:string
        -t gender:code~^administrative-gender
        -s name.given:string
        -t identifier:Identifier
        -s name:HumanName
        -t telecom{system=phone}:ContactPoint
        -t telecom:ContactPoint
        active token 8
        address string 9
        address-city string 10
        address-country string 11
        address-postalcode string 12
        address-state string 13
        address-use token 14
        communication token 15
        email token 16
        family string 17
        gender token 18
        given string 19
        identifier token 20
        name string 21
        phone token 22
        telecom token 23
        =PractitionerRole
        <
        >id,meta,implicitRules,identifier,active,period,practitioner,organization,code,specialty,location,telecom
        -t active:boolean
        -d period:Period
        -t telecom{system=email}:ContactPoint
        -r endpoint:Reference
        -t identifier:Identifier
        -r location:Reference
        -r organization:Reference
        -t telecom{system=phone}:ContactPoint
        -r practitioner:Reference
        -t code:CodeableConcept
        -r healthcareService:Reference
        -t specialty:CodeableConcept
        -t telecom:ContactPoint
        active token 8
        date date 9
        email token 10
        endpoint reference 11 Endpoint
        identifier token 12
        location reference 13 Location
        organization reference 14 Organization
        phone token 15
        practitioner reference 16 Practitioner
        role token 17
        service reference 18 HealthcareService
        specialty token 19
        telecom token 20
        =Procedure
        <status,subject
        >id,meta,implicitRules,identifier,instantiatesCanonical,instantiatesUri,basedOn,partOf,status,statusReason,
        +category,code,subject,encounter,performedDateTime,performedPeriod,performedString,performedAge,
        +performedRange,recorder,asserter,performer,location,reasonCode,reasonReference,bodySite,outcome
        -r basedOn:Reference
        -t category:CodeableConcept
        -t code:CodeableConcept
        -d performedDateTime:dateTime
        -d performedPeriod:Period
        -r encounter:Reference
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -r location:Reference
        -r partOf:Reference
        -r subject:Reference
        -r performer.actor:Reference
        -t reasonCode:CodeableConcept
        -r reasonReference:Reference
        -t status:code~^event-status
        based-on reference 8 CarePlan,ServiceRequest
        category token 9
        code token 10
        date date 11,12
        encounter reference 13 Encounter,EpisodeOfCare
        identifier token 14
        instantiates-canonical reference 15 ActivityDefinition,Measure,OperationDefinition,PlanDefinition,
        +Questionnaire
        instantiates-uri uri 16
        location reference 17 Location
        part-of reference 18 MedicationAdministration,Observation,Procedure
        patient reference 19 !Patient
        performer reference 20 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        reason-code token 21
        reason-reference reference 22 Condition,DiagnosticReport,DocumentReference,Observation,Procedure
        status token 23
        subject reference 19 Group,Patient
        =Provenance
        <target,recorded,agent
        >id,meta,implicitRules,target,recorded
        -r agent.who:Reference
        -t agent.role:CodeableConcept
        -t agent.type:CodeableConcept
        -r entity.what:Reference
        -r location:Reference
        -r target:Reference
        -d recorded:instant
        -t signature.type:Coding
        -d occurredDateTime:dateTime
        agent reference 8 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        agent-role token 9
        agent-type token 10
        entity reference 11 *
        location reference 12 Location
        patient reference 13 !Patient
        recorded date 14
        signature-type token 15
        target reference 13 *
        when date 16
        =Questionnaire
        <status
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,subjectType,date,publisher,
        +contact,useContext,jurisdiction,effectivePeriod,code
        -t item.code:Coding
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -u item.definition:uri
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -t subjectType:code~^resource-types
        -s title:string
        -u url:uri
        -t version:string
        code token 8
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        definition uri 14
        description string 15
        effective date 16
        identifier token 17
        jurisdiction token 18
        name string 19
        publisher string 20
        status token 21
        subject-type token 22
        title string 23
        url uri 24
        version token 25
        =QuestionnaireResponse
        <status
        >id,meta,implicitRules,identifier,basedOn,partOf,questionnaire,status,subject,encounter,authored,author,source
        -r author:Reference
        -d authored:dateTime
        -r basedOn:Reference
        -r encounter:Reference
        -t identifier:Identifier
        -r partOf:Reference
        -r subject:Reference
        -r questionnaire:canonical
        -r source:Reference
        -t status:code~^questionnaire-answers-status
        author reference 8 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        authored date 9
        based-on reference 10 CarePlan,ServiceRequest
        encounter reference 11 Encounter
        identifier token 12
        part-of reference 13 Observation,Procedure
        patient reference 14 !Patient
        questionnaire reference 15 Questionnaire
        source reference 16 Patient,Practitioner,PractitionerRole,RelatedPerson
        status token 17
        subject reference 14 *
        =RelatedPerson
        <patient
        >id,meta,implicitRules,identifier,active,patient,relationship,name,telecom,gender,birthDate,address
        -t active:boolean
        -s address:Address
        -s address.city:string
        -s address.country:string
        -s address.postalCode:string
        -s address.state:string
        -t address.use:code~^address-use
        -d birthDate:date
        -t telecom{system=email}:ContactPoint
        -t gender:code~^administrative-gender
        -t identifier:Identifier
        -s name:HumanName
        -r patient:Reference
        -t telecom{system=phone}:ContactPoint
        -t relationship:CodeableConcept
        -t telecom:ContactPoint
        active token 8
        address string 9
        address-city string 10
        address-country string 11
        address-postalcode string 12
        address-state string 13
        address-use token 14
        birthdate date 15
        email token 16
        gender token 17
        identifier token 18
        name string 19
        patient reference 20 Patient
        phone token 21
        relationship token 22
        telecom token 23
        =RequestGroup
        <status,intent
        >id,meta,implicitRules,identifier,instantiatesCanonical,instantiatesUri,groupIdentifier,status,intent,
        +priority,code
        -r author:Reference
        -d authoredOn:dateTime
        -t code:CodeableConcept
        -r encounter:Reference
        -t groupIdentifier:Identifier
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -t intent:code~^request-intent
        -r action.participant:Reference
        -r subject:Reference
        -t priority:code~^request-priority
        -t status:code~^request-status
        author reference 8 Device,Practitioner,PractitionerRole
        authored date 9
        code token 10
        encounter reference 11 Encounter
        group-identifier token 12
        identifier token 13
        instantiates-canonical reference 14 *
        instantiates-uri uri 15
        intent token 16
        participant reference 17 Device,Patient,Practitioner,PractitionerRole,RelatedPerson
        patient reference 18 !Patient
        priority token 19
        status token 20
        subject reference 18 Group,Patient
        =ResearchDefinition
        <status,population
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +description,useContext,jurisdiction,effectivePeriod,population,exposure,exposureAlternative,outcome
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r library:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        depends-on reference 14,15 *
        derived-from reference 16 *
        description string 17
        effective date 18
        identifier token 19
        jurisdiction token 20
        name string 21
        predecessor reference 22 *
        publisher string 23
        status token 24
        successor reference 25 *
        title string 26
        topic token 27
        url uri 28
        version token 29
        =ResearchElementDefinition
        <status,type,characteristic
        >id,meta,implicitRules,url,identifier,version,name,title,shortTitle,status,experimental,date,publisher,
        +contact,description,useContext,jurisdiction,effectivePeriod,type,characteristic
        -r relatedArtifact{type=composed-of}.resource:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r relatedArtifact{type=depends-on}.resource:canonical
        -r library:canonical
        -r relatedArtifact{type=derived-from}.resource:canonical
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -r relatedArtifact{type=predecessor}.resource:canonical
        -s publisher:string
        -t status:code~^publication-status
        -r relatedArtifact{type=successor}.resource:canonical
        -s title:string
        -t topic:CodeableConcept
        -u url:uri
        -t version:string
        composed-of reference 8 *
        context token 9
        context-quantity quantity 10,11
        context-type token 12
        context-type-quantity composite token:12$quantity:10,11
        context-type-value composite token:12$token:9
        date date 13
        depends-on reference 14,15 *
        derived-from reference 16 *
        description string 17
        effective date 18
        identifier token 19
        jurisdiction token 20
        name string 21
        predecessor reference 22 *
        publisher string 23
        status token 24
        successor reference 25 *
        title string 26
        topic token 27
        url uri 28
        version token 29
        =ResearchStudy
        <status
        >id,meta,implicitRules,identifier,title,protocol,partOf,status,primaryPurposeType,phase,category,focus,
        +condition,contact,keyword,location,enrollment,period,sponsor,principalInvestigator,site,reasonStopped
        -t category:CodeableConcept
        -d period:Period
        -t focus:CodeableConcept
        -t identifier:Identifier
        -t keyword:CodeableConcept
        -t location:CodeableConcept
        -r partOf:Reference
        -r principalInvestigator:Reference
        -r protocol:Reference
        -r site:Reference
        -r sponsor:Reference
        -t status:code~^research-study-status
        -s title:string
        category token 8
        date date 9
        focus token 10
        identifier token 11
        keyword token 12
        location token 13
        partof reference 14 ResearchStudy
        principalinvestigator reference 15 Practitioner,PractitionerRole
        protocol reference 16 PlanDefinition
        site reference 17 Location
        sponsor reference 18 Organization
        status token 19
        title string 20
        =ResearchSubject
        <status,study,individual
        >id,meta,implicitRules,identifier,status,period,study,individual
        -d period:Period
        -t identifier:Identifier
        -r individual:Reference
        -t status:code~^research-subject-status
        -r study:Reference
        date date 8
        identifier token 9
        individual reference 10 Patient
        patient reference 10 Patient
        status token 11
        study reference 12 ResearchStudy
        =RiskAssessment
        <status,subject
        >id,meta,implicitRules,identifier,status,method,code,subject,encounter,occurrenceDateTime,occurrencePeriod,
        +condition,performer
        -r condition:Reference
        -d occurrenceDateTime:dateTime
        -r encounter:Reference
        -t identifier:Identifier
        -t method:CodeableConcept
        -r subject:Reference
        -r performer:Reference
        -n prediction.probabilityDecimal:decimal
        -n prediction.probabilityRange:Range
        -t prediction.qualitativeRisk:CodeableConcept
        condition reference 8 Condition
        date date 9
        encounter reference 10 Encounter,EpisodeOfCare
        identifier token 11
        method token 12
        patient reference 13 !Patient
        performer reference 14 Device,Practitioner,PractitionerRole
        probability number 15,16
        risk token 17
        subject reference 13 Group,Patient
        =RiskEvidenceSynthesis
        <status,population,outcome
        >id,meta,implicitRules,url,identifier,version,name,title,status,date,publisher,contact,description,useContext,
        +jurisdiction,effectivePeriod,population,exposure,outcome,riskEstimate
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -d effectivePeriod:Period
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        effective date 14
        identifier token 15
        jurisdiction token 16
        name string 17
        publisher string 18
        status token 19
        title string 20
        url uri 21
        version token 22
        =Schedule
        <actor
        >id,meta,implicitRules,identifier,active,serviceCategory,serviceType,specialty,actor,planningHorizon
        -t active:boolean
        -r actor:Reference
        -d planningHorizon:Period
        -t identifier:Identifier
        -t serviceCategory:CodeableConcept
        -t serviceType:CodeableConcept
        -t specialty:CodeableConcept
        active token 8
        actor reference 9 Device,HealthcareService,Location,Patient,Practitioner,PractitionerRole,RelatedPerson
        date date 10
        identifier token 11
        service-category token 12
        service-type token 13
        specialty token 14
        =SearchParameter
        <url,name,status,description,code,base,type
        >id,meta,implicitRules,url,version,name,status,experimental,date,publisher,contact,description,useContext,
        +jurisdiction,code,base,type
        -t base:code~^resource-types
        -t code:code
        -r component.definition:canonical
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -r derivedFrom:canonical
        -s description:markdown
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -t target:code~^resource-types
        -t type:code~^search-param-type
        -u url:uri
        -t version:string
        base token 8
        code token 9
        component reference 10 SearchParameter
        context token 11
        context-quantity quantity 12,13
        context-type token 14
        context-type-quantity composite token:14$quantity:12,13
        context-type-value composite token:14$token:11
        date date 15
        derived-from reference 16 SearchParameter
        description string 17
        jurisdiction token 18
        name string 19
        publisher string 20
        status token 21
        target token 22
        type token 23
        url uri 24
        version token 25
        =ServiceRequest
        <status,intent,subject
        >id,meta,implicitRules,identifier,instantiatesCanonical,instantiatesUri,basedOn,replaces,requisition,status,
        +intent,category,priority,doNotPerform,code,orderDetail,quantityQuantity,quantityRatio,quantityRange,subject,
        +encounter,occurrenceDateTime,occurrencePeriod,occurrenceTiming,asNeededBoolean,asNeededCodeableConcept,
        +authoredOn,requester,performerType,performer,locationCode,locationReference,reasonCode,reasonReference,
        +specimen,bodySite,patientInstruction
        -d authoredOn:dateTime
        -r basedOn:Reference
        -t bodySite:CodeableConcept
        -t category:CodeableConcept
        -t code:CodeableConcept
        -r encounter:Reference
        -t identifier:Identifier
        -r instantiatesCanonical:canonical
        -u instantiatesUri:uri
        -t intent:code~^request-intent
        -d occurrenceDateTime:dateTime
        -d occurrencePeriod:Period
        -d occurrenceTiming:Timing
        -r subject:Reference
        -r performer:Reference
        -t performerType:CodeableConcept
        -t priority:code~^request-priority
        -r replaces:Reference
        -r requester:Reference
        -t requisition:Identifier
        -r specimen:Reference
        -t status:code~^request-status
        authored date 8
        based-on reference 9 CarePlan,MedicationRequest,ServiceRequest
        body-site token 10
        category token 11
        code token 12
        encounter reference 13 Encounter,EpisodeOfCare
        identifier token 14
        instantiates-canonical reference 15 ActivityDefinition,PlanDefinition
        instantiates-uri uri 16
        intent token 17
        occurrence date 18,19,20
        patient reference 21 !Patient
        performer reference 22 CareTeam,Device,HealthcareService,Organization,Patient,Practitioner,PractitionerRole,
        +RelatedPerson
        performer-type token 23
        priority token 24
        replaces reference 25 ServiceRequest
        requester reference 26 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        requisition token 27
        specimen reference 28 Specimen
        status token 29
        subject reference 21 Device,Group,Location,Patient
        =Slot
        <schedule,status,start,end
        >id,meta,implicitRules,identifier,serviceCategory,serviceType,specialty,appointmentType,schedule,status,start,
        +end
        -t appointmentType:CodeableConcept
        -t identifier:Identifier
        -r schedule:Reference
        -t serviceCategory:CodeableConcept
        -t serviceType:CodeableConcept
        -t specialty:CodeableConcept
        -d start:instant
        -t status:code~^slotstatus
        appointment-type token 8
        identifier token 9
        schedule reference 10 Schedule
        service-category token 11
        service-type token 12
        specialty token 13
        start date 14
        status token 15
        =Specimen
        <
        >id,meta,implicitRules,identifier,accessionIdentifier,status,type,subject,receivedTime,condition
        -t accessionIdentifier:Identifier
        -t collection.bodySite:CodeableConcept
        -d collection.collectedDateTime:dateTime
        -d collection.collectedPeriod:Period
        -r collection.collector:Reference
        -t container.type:CodeableConcept
        -t container.identifier:Identifier
        -t identifier:Identifier
        -r parent:Reference
        -r subject:Reference
        -t status:code~^specimen-status
        -t type:CodeableConcept
        accession token 8
        bodysite token 9
        collected date 10,11
        collector reference 12 Practitioner,PractitionerRole
        container token 13
        container-id token 14
        identifier token 15
        parent reference 16 Specimen
        patient reference 17 !Patient
        status token 18
        subject reference 17 Device,Group,Location,Patient,Substance
        type token 19
        =SpecimenDefinition
        <
        >id,meta,implicitRules,identifier,typeCollected,patientPreparation,timeAspect,collection
        -t typeTested.container.type:CodeableConcept
        -t identifier:Identifier
        -t typeCollected:CodeableConcept
        container token 8
        identifier token 9
        type token 10
        =StructureDefinition
        <url,name,status,kind,abstract,type
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +useContext,jurisdiction,keyword,fhirVersion,kind,abstract,context,contextInvariant,type,baseDefinition,
        +derivation
        -t abstract:boolean
        -r baseDefinition:canonical
        -t snapshot.element.base.path:string
        -t differential.element.base.path:string
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -t derivation:code~^type-derivation-rule
        -s description:markdown
        -t experimental:boolean
        -t context.type:code~^extension-context-type
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -t keyword:Coding
        -t kind:code~^structure-definition-kind
        -s name:string
        -t snapshot.element.path:string
        -t differential.element.path:string
        -s publisher:string
        -t status:code~^publication-status
        -s title:string
        -u type:uri
        -u url:uri
        -r snapshot.element.binding.valueSet:canonical
        -t version:string
        abstract token 8
        base reference 9 StructureDefinition
        base-path token 10,11
        context token 12
        context-quantity quantity 13,14
        context-type token 15
        context-type-quantity composite token:15$quantity:13,14
        context-type-value composite token:15$token:12
        date date 16
        derivation token 17
        description string 18
        experimental token 19
        ext-context token 20
        identifier token 21
        jurisdiction token 22
        keyword token 23
        kind token 24
        name string 25
        path token 26,27
        publisher string 28
        status token 29
        title string 30
        type uri 31
        url uri 32
        valueset reference 33 ValueSet
        version token 34
        =StructureMap
        <url,name,status,group
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +useContext,jurisdiction,structure,import,group
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        identifier token 14
        jurisdiction token 15
        name string 16
        publisher string 17
        status token 18
        title string 19
        url uri 20
        version token 21
        =Subscription
        <status,reason,criteria,channel
        >id,meta,implicitRules,status,contact,end,reason,criteria,error,channel
        -t contact:ContactPoint
        -s criteria:string
        -t channel.payload:code~urn:ietf:bcp:13
        -t status:code~^subscription-status
        -t channel.type:code~^subscription-channel-type
        -u channel.endpoint:url
        contact token 8
        criteria string 9
        payload token 10
        status token 11
        type token 12
        url uri 13
        =Substance
        <code
        >id,meta,implicitRules,identifier,status,category,code,description,instance,ingredient
        -t category:CodeableConcept
        -t code:CodeableConcept
        -t ingredient.substanceCodeableConcept:CodeableConcept
        -t instance.identifier:Identifier
        -d instance.expiry:dateTime
        -t identifier:Identifier
        -q instance.quantity:Quantity
        -t status:code~^substance-status
        -r ingredient.substanceReference:Reference
        category token 8
        code token 9,10
        container-identifier token 11
        expiry date 12
        identifier token 13
        quantity quantity 14
        status token 15
        substance-reference reference 16 Substance
        =SubstanceNucleicAcid
        <
        >id,meta,implicitRules,sequenceType,numberOfSubunits,areaOfHybridisation,oligoNucleotideType,subunit
        =SubstancePolymer
        <
        >id,meta,implicitRules,class,geometry,copolymerConnectivity,modification,monomerSet,repeat
        =SubstanceProtein
        <
        >id,meta,implicitRules,sequenceType,numberOfSubunits,disulfideLinkage,subunit
        =SubstanceReferenceInformation
        <
        >id,meta,implicitRules,comment,gene,geneElement,classification,target
        =SubstanceSourceMaterial
        <
        >id,meta,implicitRules,sourceMaterialClass,sourceMaterialType,sourceMaterialState,organismId,organismName,
        +parentSubstanceId,parentSubstanceName,countryOfOrigin,geographicalLocation,developmentStage,
        +fractionDescription,organism,partDescription
        =SubstanceSpecification
        <
        >id,meta,implicitRules,identifier,type,status,domain,description,source,comment,moiety,property,
        +referenceInformation,structure,code,name,molecularWeight,relationship,nucleicAcid,polymer,protein,
        +sourceMaterial
        -t code.code:CodeableConcept
        code token 8
        =SupplyDelivery
        <
        >id,meta,implicitRules,basedOn,partOf,status,occurrenceDateTime,occurrencePeriod,occurrenceTiming
        -t identifier:Identifier
        -r patient:Reference
        -r receiver:Reference
        -t status:code~^supplydelivery-status
        -r supplier:Reference
        identifier token 8
        patient reference 9 Group,Patient
        receiver reference 10 Practitioner,PractitionerRole
        status token 11
        supplier reference 12 Organization,Practitioner,PractitionerRole
        =SupplyRequest
        <item[x],quantity
        >id,meta,implicitRules,identifier,status,category,priority,itemCodeableConcept,itemReference,quantity,
        +occurrenceDateTime,occurrencePeriod,occurrenceTiming,authoredOn,requester,supplier
        -t category:CodeableConcept
        -d authoredOn:dateTime
        -t identifier:Identifier
        -r requester:Reference
        -t status:code~^supplyrequest-status
        -r deliverTo:Reference
        -r supplier:Reference
        category token 8
        date date 9
        identifier token 10
        requester reference 11 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        status token 12
        subject reference 13 Location,Organization,Patient
        supplier reference 14 HealthcareService,Organization
        =Task
        <status,intent
        >id,meta,implicitRules,instantiatesCanonical,instantiatesUri,basedOn,groupIdentifier,partOf,status,
        +statusReason,businessStatus,intent,code,description,focus,for,encounter,executionPeriod,lastModified,
        +requester,owner,location
        -d authoredOn:dateTime
        -r basedOn:Reference
        -t businessStatus:CodeableConcept
        -t code:CodeableConcept
        -r encounter:Reference
        -r focus:Reference
        -t groupIdentifier:Identifier
        -t identifier:Identifier
        -t intent:code
        -d lastModified:dateTime
        -r owner:Reference
        -r partOf:Reference
        -r for:Reference
        -t performerType:CodeableConcept
        -d executionPeriod:Period
        -t priority:code~^request-priority
        -r requester:Reference
        -t status:code~^task-status
        authored-on date 8
        based-on reference 9 *
        business-status token 10
        code token 11
        encounter reference 12 Encounter
        focus reference 13 *
        group-identifier token 14
        identifier token 15
        intent token 16
        modified date 17
        owner reference 18 CareTeam,Device,HealthcareService,Organization,Patient,Practitioner,PractitionerRole,
        +RelatedPerson
        part-of reference 19 Task
        patient reference 20 !Patient
        performer token 21
        period date 22
        priority token 23
        requester reference 24 Device,Organization,Patient,Practitioner,PractitionerRole,RelatedPerson
        status token 25
        subject reference 20 *
        =TerminologyCapabilities
        <status,date,kind
        >id,meta,implicitRules,url,version,name,title,status,experimental,date,publisher,contact,useContext,
        +jurisdiction,copyright,kind,software,implementation,lockedDate
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        jurisdiction token 14
        name string 15
        publisher string 16
        status token 17
        title string 18
        url uri 19
        version token 20
        =TestReport
        <status,testScript,result
        >id,meta,implicitRules,identifier,name,status,testScript,result,score,tester,issued
        -t identifier:Identifier
        -d issued:dateTime
        -u participant.uri:uri
        -t result:code~^report-result-codes
        -s tester:string
        -r testScript:Reference
        identifier token 8
        issued date 9
        participant uri 10
        result token 11
        tester string 12
        testscript reference 13 TestScript
        =TestScript
        <url,name,status
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +useContext,jurisdiction
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -t status:code~^publication-status
        -s metadata.capability.description:string
        -s title:string
        -u url:uri
        -t version:string
        context token 8
        context-quantity quantity 9,10
        context-type token 11
        context-type-quantity composite token:11$quantity:9,10
        context-type-value composite token:11$token:8
        date date 12
        description string 13
        identifier token 14
        jurisdiction token 15
        name string 16
        publisher string 17
        status token 18
        testscript-capability string 19
        title string 20
        url uri 21
        version token 22
        =ValueSet
        <status
        >id,meta,implicitRules,url,identifier,version,name,title,status,experimental,date,publisher,contact,
        +useContext,jurisdiction,immutable
        -t expansion.contains.code:code
        -t compose.include.concept.code:code
        -t useContext/valueCodeableConcept:CodeableConcept
        -q useContext/valueQuantity:Quantity
        -q useContext/valueRange:Range
        -t useContext/code:Coding
        -d date:dateTime
        -s description:markdown
        -u expansion.identifier:uri
        -t identifier:Identifier
        -t jurisdiction:CodeableConcept
        -s name:string
        -s publisher:string
        -u compose.include.system:uri
        -t status:code~^publication-status
        -s title:string
        -u url:uri
        -t version:string
        code token 8,9
        context token 10
        context-quantity quantity 11,12
        context-type token 13
        context-type-quantity composite token:13$quantity:11,12
        context-type-value composite token:13$token:10
        date date 14
        description string 15
        expansion uri 16
        identifier token 17
        jurisdiction token 18
        name string 19
        publisher string 20
        reference uri 21
        status token 22
        title string 23
        url uri 24
        version token 25
        =VerificationResult
        <status
        >id,meta,implicitRules,target,targetLocation,need,status,statusDate,validationType,validationProcess,
        +failureAction
        -r target:Reference
        target reference 8 *
        =VisionPrescription
        <status,created,patient,dateWritten,prescriber,lensSpecification
        >id,meta,implicitRules,status,created,patient,dateWritten,prescriber,lensSpecification
        -d dateWritten:dateTime
        -r encounter:Reference
        -t identifier:Identifier
        -r patient:Reference
        -r prescriber:Reference
        -t status:code~^fm-status
        datewritten date 8
        encounter reference 9 Encounter,EpisodeOfCare
        identifier token 10
        patient reference 11 Group,Patient
        prescriber reference 12 Practitioner,PractitionerRole
        status token 13
        """
}
