// Leaks · common names that do not belong on a ledger.

/// Given and family names, in lower case and ASCII, ascending.
///
/// Origin: names common in the United States' census, in Europe, Asia and Africa, written down from general knowledge,
/// and those of Synthea's invented patients in the test data (Apache-2.0). A list of names is a list of facts; nobody's
/// own name is in it for any other reason than that many have it.
enum LeakNames {
    /// How many bytes the shortest name has that is looked for anywhere in a field: shorter ones occur by chance.
    static let embeddedByteCountMin = 6
    /// How many bytes the shortest name has that is looked for at either end of a field.
    static let edgeByteCountMin = 5

    /// The names.
    static let all: [[UInt8]] = list.utf8.split { $0 == 0x20 || $0 == 0x0a }.map(Array.init)

    private static let list = """
        aaron abbott abdul abe abebe abel abena abernathy abigail abraham abram abshire acevedo acosta acuna
        adalberto adam adams adan addie adebayo adele adeyemi aditya adkins adolfo adolph adrian adriana adrienne
        agnes agnieszka aguilar aguirre agustin ahmad ahmed aisha akira alan alarcon alasdair albert alberta
        albertine alberto albrecht alcantar alda alden aldo alec alejandro alessandra alessandro alex alexander
        alexei alexey alexia alexis alfaro alfonso alfonzo alfred alfredo ali alice alicia alison allan allen
        allison alma almeida alonso alonzo alphonse alphonso alton alva alvarado alvarez alvaro alvin alyssa ama
        amado amanda amber ambrose amelia america amina amit ammie amos amy ana ananya anastasia anaya anders
        andersen anderson andersson andrade andre andrea andreas andrei andres andrew andrews andrzej andy angel
        angela angelina angelo angharad angie angulo anh anibal anil anita anjali anke ann anna annette annie annika
        annmarie anthony antione antoine antoinette anton antone antonia antonina antonio antony antwan aoife april
        archer archie ardelia arden arellano aria ariana arias ariel arjun arlen arlene arlie armand armando armijo
        armstrong arnold arnoldo arnulfo aron arron arroyo arslan arteaga arthur arturo ashley astrid atkins
        atkinson aubrey audrey aufderhar augustine augustus aurelio aurora austin ava avalos avery avila ayala
        ayanna aydin ayers bailey baker bakker baldwin balistreri ball ballard bambi banerjee banks barajas barbara
        barber barker barnes barnett barr barrera barrett barron barry bart bartlett bartoletti barton bashirian
        basil bass bates bauch bauer baumann bautista baxter bayer beahan bean beard beasley beatrice beatris
        beatriz beau bechtelar beck becker becky beer begum beil belinda bell bella beltran ben bender benedict
        benitez benito benjamin bennett bennie benny benson bentley benton berg berger bergmann bernal bernard
        bernardo bernd bernice bernie berry bert bertha bertram bertrand bessie best beth betty bevan beverly
        bianchi bill billie billy bins birgit bishop bjorn black blackburn blackwell blaine blair blake blanca
        blanchard blankenship blevins blick boateng bob bobbie bobby bode boehm bond bonilla bonnet bonnie booker
        boone booth boris bosco botsford bowen bowers bowman boyd boyer boyle brad bradford bradley bradly bradshaw
        bradtke brady brakus branch branden brandi brandon brandt brandy brant braun bravo breitenberg brekke brenda
        brendan brendon brenna brennan brent brenton bret brett brewer brian brice bridges bridget briggs brigitte
        briones brittany brock broderick brooke brooklyn brooks brown browning bruce bruen bruno bryan bryant bryce
        bryon buchanan buck buckley bud buford bullock burch burgess burke burl burnett burns burt burton busch bush
        butler byrd byrne byron cabrera cain calderon caldwell caleb calhoun callahan callum calvin camacho cameron
        camille cammy campbell campos candace candice cannon cano cantrell cantu caraballo cardenas carey carin carl
        carlene carlo carlos carlota carlson carlton carmelo carmen carmine carol carole carolee caroline carolyn
        carpenter carr carranza carrie carrillo carrion carrol carroll carson carter carvalho cary carys case casey
        cassandra castaneda castillo castro catalina catherine cathy catriona cecil cecilia cedric cedrick celia
        celik cervantes cesar chad chadwick chambers champlin chan chandler chang chapman charisse charlene charles
        charley charlie charlotte chas chase chatterjee chauncey chavez chelsea chen cherry cheryl chester chet
        cheyenne chi chiara chinedu chloe cho choi chong chowdhury chrissy christensen christian christiansen
        christin christina christine christoper christopher christy chuck chung church ciara cillian cindy cisneros
        clair claire clara clarence clark clarke claud claude claudia claudio clay clayton clement clemente clements
        cletus cleveland cliff clifford clifton cline clint clinton clyde cobb cochran cody coffey cohen colby cole
        coleman colin colleen collier collin collins colombo colon colton columbus combs compton conley conn
        connelly conner connie conrad conroy considine constance consuelo conti contreras conway cook cooper
        copeland cora cordell cordova corey corkery cornelius cornell corona correa cortes cortez cory costa
        courtney cox coy craig crane crawford cremin cristobal cristopher crosby cross cruz crystal cuevas cummings
        cunningham curry curt curtis cynthia cyril cyrus dabrowski dagny daisy dale dalton damian damien damion
        damon danae dane danial danica daniel daniella danielle daniels danilo dannie danny dante dare darell daren
        darin dario darius darlene darnell daron darrel darrell darren darrick darrin darron darryl darwin daryl das
        daugherty dave davenport david davidson davies davila davis dawn dawson day dean deandre deangelo deanna
        debbie deborah debra decker deckow declan deedra deepak deidre dejesus del delacruz delarosa delbert deleon
        delgado della delmar delmer delores demarcus demetrius demir denis denise dennis denny denver deon derek
        derick derrick desai deshawn desiree desmond devin devon dewayne dewey dewitt diana diane dianna dianne diaz
        dibbert dickens dickerson dickson diego dieter dietrich dillon dino dion dirk divya dixon dlamini dmitri
        dmitry dodson dogan doherty dolly dolores domenic domingo dominguez dominic dominick donald donaldson dong
        donn donna donnell donnelly donnie donny donovan donte dora doreen dorian doris dorothy dorsey doug
        dougherty douglas douglass doyle drake drew duane duarte dubois dudley duffy duke duncan dunlap dunn dupont
        duran durand durham dustin dusty dwain dwayne dwight dyer dylan earl earle earnest eaton ebony eddy edgar
        edgardo edison edith edmond edmund edmundo edna eduardo edward edwardo edwards effertz efrain efren eichmann
        eileen eilidh ekaterina elaine elbert elden eldon eleanor elena eli eliana elias elijah eliseo elisha
        elizabeth elizbeth ella ellen elliot elliott ellis ellison ellsworth elmer elmo eloy elroy elsa elsie elsy
        elton elvin elvina elvis elwood emanuel emard emerson emery emil emile emilia emilio emily emma emmanuel
        emmerich emmett emmitt emory engel english enoch enrique enriquez eoin erasmo erdman eric erica erich erick
        erickson erik eriksson erin erlinda erma erminia ernest ernestine ernesto ernie errol ervin erwin escobar
        esparza esperanza espinosa espinoza esposito esquivel essie esteban estelle estes esther estrada ethan ethel
        eugene eugenio eula eunice eusebio eva evan evans evelyn everett everette everly ewa ewan ezekiel ezequiel
        ezra fabian fahey faith fannie farley farmer farrell fatima faulkner faustino fausto fay faye federica
        federico feeney feest feil felicia felicitas felipe felix felton feng ferdinand ferguson fermin fernanda
        fernandez fernando ferrari ferreira ferry fidel fields figueroa filiberto finley fiona fionn fischer fisher
        fitzgerald fitzpatrick fleming fletcher florence florencia florencio florentino flores flowers floyd flynn
        folake foley fonseca ford forrest foster fournier fowler fox frami frances francesca francesco francine
        francis francisco franco francois franecki frank franke frankie franklin franklyn fraser frazier fred
        freddie frederic frederick fredric fredrick freeman french freya friedman friedrich friesen fritz frost fry
        frye fuchs fuentes fuller funk gabriel gabriella gail gaines galen galindo gallagher gallegos gallo galvan
        gao garcia gardner gareth garibay garica garland garner garret garrett garrison garry garth gary garza
        gaston gates gavin gayla gaylord gearldine genaro gene genesis genevieve gentry geoffrey georgann george
        gerald geraldine geraldo gerard gerardo gerhold gerlach gerry gertrude ghosh gibbs gibson gil gilbert
        gilberto giles gill gillespie gilmore gina ginger gino giordano giovanni girard gisela gislason giulia
        giuseppe gladys glass gleason glen glenda glenn gloria glover golden goldie gomez gonzales gonzalez gonzalo
        good goodman goodwin gordon gould grace grady graf graham graig grant granville graves gray greco green
        greene greenfelder greer greg gregg gregorio gregory greta griffin griffith griffiths grimes gross grover
        grzegorz guadalupe guenter guenther guerra guerrero guevara guillermo gunter guo gupta gus gustafsson
        gustavo gutierrez guy guzman gwendolyn haas hackett hagenes hahn hail hal hale haley hall hallie halvorson
        hamilton hamish hammes hammond hampton hancock hank hanna hannah hanne hans hansen hanson hao harber hardin
        harding hardy harlan harland harmon harold harper harrell harrington harris harrison hart hartman hartmann
        haruto harvey hassan hawkins hayden hayes haynes haywood hazel he heaney heath heathcote heather hebert
        hector hegmann heidi heike heinrich helen helga helmut henderson hendricks hendrix henrik henry hensley
        henson herb herbert heriberto herman hermann hernan hernandez herrera herring herschel hershel herzog hess
        hessel hester hettinger hickman hicks hiedi higgins hilario hilda hill hilpert hilton hines hinton hipolito
        hiram hiroshi ho hobbs hobert hodge hodges hoeger hoffman hofmann hogan holger holland hollis holloway holly
        holmes holt homer hong hood hoover hope hopkins horace horacio horn horne horst horton hosea house houston
        howard howe howell hoyt hu huang hubbard huber hubert hudson huels huerta huey huff huffman hugh hughes hugo
        hui hull humberto humphrey hung hunt hunter hurley hurst hussain hussein hutchinson huynh hwang hyacinth
        hyman hyun ian ibarra ibrahim ida ignacio ima inez inge ingram ingrid ira irene irina iris irvin irving
        irwin isaac isabel isabella isabelle isadora isaiah isaias isaura isiah isidro isla islam ismael israel
        isreal issac ito ivan ivanov ivory ivy iyer jacinto jack jacki jackson jacob jacobi jacobs jacobson
        jacqueline jacques jade jaeger jaime jaimes jake jamaal jamal jamar jame jamel james jamey jamie jamison jan
        jana janean janet jang janice janie jankowski jannet jansen jaramillo jared jarod jarred jarrett jarrod
        jarvis jaskolski jasmine jason jast javier jay jayson jean jeanne jeannette jed jefferey jefferson jeffrey
        jeffry jene jenkins jenna jennie jennifer jennings jenny jens jensen jerald jeramy jere jeremiah jeremy jeri
        jermaine jerold jerome jeromy jerrell jerrod jerrold jerry jess jesse jessica jessie jesus ji jill jim
        jimenez jimmie jimmy jing jo joan joanne joao joaquin jodi jodie jody joe joesph joey johanna johannes
        johansen johansson john johnathan johnathon johnetta johnie johnnie johns johnson johnston jon jonah jonas
        jonathan jonathon jonelle jones jordan jordon jorge jose josef joseph josephine josh joshi joshua josiah
        jospeh josue joyce juan juanita juarez jude judith judson judy juergen jules julia julian julie julietta
        juliette julio julius jun june jung junita jurgen justin kaiser kaminski kane kang kara karan kareem karen
        karena karin karl karlsen karlsson karlyn kassulke katarzyna kate katharina katherine kathleen kathryn kathy
        katie kato katrina kattie kaur kavanagh kavita kay kaya kayla keeley keenan keiko keith keller kelley kelli
        kellie kelly kelvin kemp ken kendall kendra kendrick keneth kenji kennedy kenneth kennith kenny kent kenton
        keren kermit kerr kerri kerry kertzmann kessler keven kevin khadija khalid khan khumalo kiehn kieth kim
        kimberly king kinsley kip kirby kirk kirlin kirsten klaus klein kline knapp knight knox kobayashi koch
        koehler koelpin kofi kohler konopelski korey korhonen kory kowalczyk kowalski kozlov kozlowski kraig kramer
        kraus krause krawczyk kreiger kris krista kristen kristi kristiansen kristin kristina kristine kristofer
        kristopher kristy krueger krzysztof kshlerin kub kuhlman kuhn kumar kunze kurt kurtis kuznetsov kwame
        kwiatkowski kyle labadie lakin lakshmi lam lamar lamb lambert lamont lana lance landon landry lane lang
        lange langosh lanny lara larry lars larsen larson larsson laticia latoya laura lauren laurence laurent
        laurie lavern lawerence lawrence lawson layla lazaro le leach leah leal leandro leanne leannon lebedev
        leblanc lee lefebvre legros lehmann leif lela leland lemke lemuel lena lenard lenny leo leon leona leonard
        leonardo leonel leopoldo lerato leroy les lesch leslie lester levi levy lewandowski lewis li liam liang
        lillian lilliana lillie lily lim lin lincoln linda lindgren lindsay lindsey ling lino linwood lionel lisa
        little liu livingston liz llewellyn lloyd lockman logan lois loma lombardi lon long lonnie lonny lopez lora
        loren lorenz lorenzo loretta lori lorraine louie louis lourdes love lowe lowell lowery loyd lozano luca
        lucas lucero lucia luciano lucien lucille lucio lucius lucy ludwig lueilwitz lugo luigi luis luisa luke lula
        luna luo luther luz lydia lyle lyman lynch lyndon lynn lynne lynwood lyons ma mabel mac macdonald macejkovic
        macgyver macias macie mack mackenzie macleod madden maddox madeline madison magana maggio magnus mahoney
        maida maier mairi makinen malcolm malcom maldonado malgorzata malik malisa malone mamie man mancini manfred
        mann manning mante manual manuel marc marcel marcelino marcella marcellus marcelo marcia marco marcos marek
        margaret margarita margarito margery marguerite maria mariam marian mariana mariano maricarmen marie marilu
        marilyn marin marino marion marjorie mark marks markus marlene marlin marlon marquardt marquez marquis marsh
        marsha marshall marta martha martin martine martinez marty marvin mary maryam maryjo mason massey mata
        mathew mathews mathilda mathis matilde matt matteo matthew matthews matthias mattie maudie maureen maurice
        mauricio mauro max maximo maxine maxwell may maya mayer mayert maynard mayo mays mazur mcbride mccall mccann
        mccarthy mccarty mcclain mcclure mcconnell mccormick mccoy mccullough mcdaniel mcdonald mcdowell mcfarland
        mcgee mcglynn mcguire mcintosh mcintyre mckay mckee mckenzie mckinley mckinney mclaughlin mclean mcmahon
        mcmillan mcpherson meadows medina medrano meg megan mehta mei meijer mejia mel melanie melba melendez
        melissa melton melvin mendez mendoza mensah mercado mercedes mercier meredith merle merrill merritt mertz
        mervin mesa mette meyer meyers meza mia micah michael michal michale michel michele michelle middleton
        miguel mikael mike mikel mikhail milan mildred miles milford millard miller mills milo milton min ming minh
        minnie miquel miranda miriam mishra misty mitch mitchel mitchell modesto moeller moen mohamed mohammad
        mohammed mohr moises molina molly monahan monica monika monique monroe monserrate montalvo monte montes
        montgomery montoya monty moody moon moore mora morales moran moreau morel moreno moretti morgan morissette
        morozov morris morrison morrow morse morton mosciski mose moses moshe mosley moss moyer moyo mraz mueller
        muhammad mukherjee mulder mullen muller mullins munoz murazik muriel murillo muro murphy murray mustafa
        mwangi myers myles myra myron myrtle nadine nair nakamura nancy naoko naomi napoleon nash natalia natalie
        nathalie nathan nathanael nathanial nathaniel nava navarro ndlovu neal ned neha neil nelida nellie nelson
        nestor nettie neville newman newton ngozi nguyen niamh nicholas nichols nicholson nick nickolas nicky
        nicolas nicole nielsen nieminen nigel nikolai nikolaus nils nilsen nilsson nina nitzsche nixon nkosi noah
        noble noe noel nolan nomsa noor nora norbert norberto norma norman normand norris norton nova novak novikov
        nowak nunez obrien ochoa oconnell oconner oconnor octavio odell odis odom odonnell oisin okafor okeefe
        okonkwo okuneva olaf olen olga olin oliveira oliver olivia olsen olson olsson oluwaseun omar omer ondricka
        oneal oneill opal oralia oreilly oren orlando orn orozco orr ortega ortiz orval orville osborne oscar
        osinski osullivan osvaldo oswaldo otha otieno otis otto owain owen owens owusu ozturk pablo pace pacheco
        padberg padilla padraig pagac page paisley palacios palmer palomino pamela pandora paolo paris park parker
        parks parra parrish parsons partida pasquale patel patricia patrick patsy patterson patton patty paul paula
        pauline paulo pawel payne pearl pearson peck pedersen pedro peggie peggy pena penelope pennington penny
        peralta percy pereira perez perkins perry person persson pete peter peters petersen peterson petra petrov
        peyton pfannerstill pfeffer pfeiffer pham phan phelps phil philip philippe phillip phillips phyllis pierce
        pierre pilar pineda piotr piper pittman pitts pohl pollard pollich ponce pooja poole pope popov porfirio
        porter portillo potter potts powell powers powlowski pratt predovic preston price prince priscilla pritchard
        priya proctor prohaska prosacco pruitt pugh quentin quincy quinn quintana quintero quintin quinton rachael
        rachel racquel rafael rahman rahul rainer rajesh raleigh ralph ramesh ramirez ramiro ramon ramona ramos
        ramsey randal randall randell randolph randy rangel rao raphael raquel rashad rasmussen ratke raul ravi ray
        rayford raymon raymond raymundo reba rebecca reddy reed reese reeves refugio regena reggie regina reginald
        reichel reichert reid reilly reinaldo reinger renaldo renate renato rene renee resendez reuben rex reyes
        reyna reynaldo reynolds rhett rhodes rhonda rhys ribeiro ricardo ricci rice rich richard richards richardson
        richie richmond rick rickey rickie rico rigoberto riley rios rippin rita ritchie rivas rivera rivers rizzo
        roach rob robbie robbins robby robel roberson robert roberta roberto roberts robertson robin robinson robles
        robt rocco rocha rochelle rocky rod roderick rodger rodgers rodney rodolfo rodrick rodrigez rodrigo
        rodriguez rogelio roger rogers rohan rojas roland rolando rolf rolland rollins roma roman romano romeo
        romero ron ronald ronnie ronny roob roosevelt rory rosa rosales rosalie rosalind rosario rosas roscoe rose
        rosemarie rosemary rosenbaum rosendo ross rossi roth roux rowe rowland roy royal royce ruben rubin rubio
        ruby rudolf rudolph rudy rueben ruelas rufus ruiz runte rupert rush russ russel russell russo rusty ruth
        rutherford ruthie ryan sabine sabrina sadie sahin sakura sal salas salazar salgado salinas sally salvador
        salvatore sam samantha sammie sammy sampson samual samuel sanchez sanders sandoval sandra sandy sanford sang
        sanjay santana santiago santo santos saoirse sara sarah sasaki sato sauer saul saunders savage savannah
        sawyer scarlett schaden schaefer schamberger schiller schimmel schmidt schmitt schmitz schneider schoen
        scholz schowalter schreiber schroeder schultz schumacher schuster schwartz scot scott scottie sean sebastian
        seidel sellers senger serena serenity sergei sergey sergio serrano seth seung sexton seymour shad shaffer
        shah shane shannon sharma sharon sharp sharyl shaun shauna shaw shawn shawna shayne sheila shelby sheldon
        shelia shelley shelton shepard shepherd sheppard sherill sherman sherri sherry sherwood sheryl shields
        shirley shon shonta short sidney sierra sigrid silas silke silva silvia simmons simon simpson sims sinclair
        singh singleton siobhan sipho skiles skinner skylar sloan small smirnov smit smith snow snyder sokolov
        soledad solis solomon sommer song sonia sonya soo sophia sophie soren sosa soto sousa souza sparks spears
        spence spencer stacey stacy stafford stamm stan stanford stanislaw stanley stanton stark steele stefan stehr
        stein stella stephan stephanie stephen stephens stephenson sterling steuber steven stevens stevenson stevie
        stewart stiedemann stokes stoltenberg stone stout stracke strickland stroman strong stuart suarez sue
        sullivan summers sun sung sunil sunita sunny suresh susan sutton suzanne suzuki sven svensson svetlana
        swanson sweeney sylvester sylvia sylvie szymanski tad takahashi takashi tamara tammy tanaka tang tanner
        tanya tapia tara tasha tate tatiana taylor ted teddy tendai teodoro terence teresa teri terrance terrell
        terrence terrie terry tesfaye thabo thad thaddeus thanh thelma theo theodore theola theresa theron thi
        thomas thompson thornton thorsten thurman tiesha tiffany tillman tim timmy timothy tina titus tobias toby
        tod todd tom tomas tomasz tommie tommy tomoko toney tony tonya torphy torres torsten tory towne townsend toy
        tracey tracy tran travis trejo tremblay trent trenton trevino trevor trey trinidad trisha tristan trujillo
        truman truong tuan tucker turner tyler tyree tyrell tyron tyson ullrich ulrike ulysses underwood upton urias
        ursula uwe val valdez valencia valentin valentine valenzuela valerie van vance vandervort vanesa vanessa
        vang vargas vasquez vaughan vaughn vega velasquez velazquez velez velma ventura vera verma vern verna vernon
        veronica versie veta veum vicente vicki vickie victor victoria vijay villa villalobos villanueva villarreal
        villegas vince vincent vincenzo vinnie viola violet virgil virgilio virginia virtanen visser vito vivian
        vladimir vo vogel vogt voigt volkov von vu wade wagner waldo walker wall wallace waller walls wally walsh
        walter walters walton wanda wang wanjiru ward ware warner warren washington watanabe waters watkins watson
        watts waylon wayne weaver webb weber webster weeks wehner wei weimann weiss weissnat welch weldon wells
        wendell wendy werner wesley west weston wheeler whitaker white whitehead whitney wiegand wiggins wilber
        wilbert wilbur wilburn wilcox wilda wiley wilford wilfred wilfredo wilkerson wilkins wilkinson willard
        william williams williamson willian willie willis willms willow willy wilma wilmer wilson wilton windler
        winford winfred winkler winter winters wise wisniewski wisoky wisozk witting wojciech wojcik wolf wolfe
        wolff wolfgang wong wood woodard woodrow woods woodward wozniak wright wu wunsch wyatt wyman wynell xavier
        xiao xie xiong xu xuan yamada yamamoto yan yang yates yelena yildiz yilmaz yoder yoko yolanda yong yoon york
        yoshida young youssef yu yuki yundt yusuf yuto yvette yvonne zachariah zachary zachery zack zackary zainab
        zamora zane zavala zbigniew zhang zhao zheng zhou zhu ziegler zielinski zimmerman zimmermann zoe zofia
        zuniga
        """
}
