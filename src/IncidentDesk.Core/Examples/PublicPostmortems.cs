using IncidentDesk.Postmortems;

namespace IncidentDesk.Examples;

/// <summary>What a section of an example's postmortem says, in both languages; the fields of the template stand behind it.</summary>
internal sealed record ExampleSection(SectionKind Kind, string En, string Es);

/// <summary>Postmortems of the attacks of 2014 and 2015, from nothing but the public record: what it does not say is called unknown.</summary>
internal static class PublicPostmortems
{
    public const string Title2014 = "Un DoS contra los sitios de dos miembros satura el enlace de tránsito";
    public const string Title2015 = "Campaña contra un miembro y luego contra el proveedor";

    public static readonly IReadOnlyList<ExampleSection> Of2014 =
    [
        new(SectionKind.Summary,
            """
            On the morning of 18 August 2014 a denial-of-service attack against the web sites of two members filled our upstream link. Although only two members were the target, more than half of all members were affected, for nearly three hours. Service was restored on all servers by 8:45 Eastern; the two sites followed about an hour later.
            """,
            """
            En la mañana del 18 de agosto de 2014, un ataque de denegación de servicio contra los sitios web de dos miembros llenó nuestro enlace de tránsito. Aunque el objetivo eran solo dos miembros, más de la mitad de la membresía resultó afectada durante casi tres horas. El servicio volvió en todos los servidores a más tardar a las 8:45 (hora del este); los dos sitios volvieron más o menos una hora después.
            """),
        new(SectionKind.Impact,
            """
            Web sites were almost completely unreachable. Which servers and which other services suffered was not published, so the table below has only the uplink and the two sites, under invented names.
            """,
            """
            Los sitios web quedaron casi por completo fuera de alcance. No se publicó qué servidores ni qué otros servicios sufrieron; por eso la tabla de abajo solo tiene el enlace y los dos sitios, con nombres inventados.
            """),
        new(SectionKind.RootCause,
            """
            **Root cause.** All members were behind one upstream link. What is aimed at one site and is larger than the link takes every site with it.

            **Trigger.** Both members work for Palestinian rights, and the attack came in the weeks of the war in Gaza. No message and no claim came with it: who did it is unknown, and the aim is inferred from the targets and the time.

            The vector, the bandwidth, the packet rate and the sources were not published.
            """,
            """
            **Causa raíz.** Toda la membresía estaba detrás de un solo enlace de tránsito. Lo que va contra un sitio y es más grande que el enlace se lleva a todos los demás.

            **Detonante.** Los dos miembros trabajan por los derechos del pueblo palestino y el ataque llegó en las semanas de la guerra en Gaza. No vino acompañado de ningún mensaje ni reivindicación: no se sabe quién fue, y la intención se infiere de los objetivos y del momento.

            El vector, el ancho de banda, la tasa de paquetes y los orígenes no se publicaron.
            """),
        new(SectionKind.Detection,
            """
            How it was detected, who was on call and when somebody took it on was not published. The figures that need these moments are therefore unknown.
            """,
            """
            No se publicó cómo se detectó, quién estaba de guardia ni cuándo alguien lo tomó. Por eso no se conocen las cifras que dependen de esos momentos.
            """),
        new(SectionKind.Response,
            """
            Which defences brought the service back was not published either. The public record tells only the order: first everybody, then the two targets.
            """,
            """
            Tampoco se publicó qué defensas devolvieron el servicio. El registro público solo cuenta el orden: primero todos, luego los dos objetivos.
            """),
        new(SectionKind.WentWell,
            """
            - Members and the press were told on the same day, in plain words, who was the target and why we think so.
            - Most members came back before the attack's targets did: the many were not held up by the few.
            """,
            """
            - El mismo día se informó a la membresía y a la prensa, en palabras claras, quién era el objetivo y por qué lo creemos.
            - La mayoría volvió antes que los objetivos del ataque: los muchos no esperaron por los pocos.
            """),
        new(SectionKind.WentBadly,
            """
            - Two sites could take down more than four hundred members.
            - The hours from the first sign to the first defence cannot be reconstructed: nobody kept a log with times.
            """,
            """
            - Dos sitios pudieron tirar a más de cuatrocientos miembros.
            - No es posible reconstruir las horas entre la primera señal y la primera defensa: nadie llevó una bitácora con horas.
            """),
        new(SectionKind.Lucky,
            """
            It ended within a morning. A year later an attack went on for weeks.
            """,
            """
            Terminó en una mañana. Un año después, un ataque duró semanas.
            """),
    ];

    public static readonly IReadOnlyList<ExampleSection> Of2015 =
    [
        new(SectionKind.Summary,
            """
            From 30 July 2015 on, attackers who answered each of our moves went from one member's web site to our name servers, to our own web site and to mail. At the worst, on 31 July, virtually all 850 members were affected for more than twelve hours. It lasted about three weeks; a later attack on a Monday, of "an entirely new dimension", has no date in the record. What ended it for good was more capacity, filtering before the traffic enters our network, and name servers in stronger places.
            """,
            """
            Desde el 30 de julio de 2015, atacantes que respondían a cada uno de nuestros movimientos pasaron del sitio web de un miembro a nuestros servidores de nombres, a nuestro propio sitio y al correo. En el peor momento, el 31 de julio, prácticamente los 850 miembros estuvieron afectados durante más de doce horas. Duró unas tres semanas; un ataque posterior, un lunes, de «una dimensión totalmente nueva», no tiene fecha en el registro. Lo que lo terminó de verdad fue más capacidad, filtrar antes de que el tráfico entre a nuestra red y servidores de nombres en lugares más fuertes.
            """),
        new(SectionKind.Impact,
            """
            The target's site was down for almost a day in the first week. Members in the United States and Mexico, a news agency among them, went down with it. Communications of members were crippled; no member was lost, and no data was accessed. Names of servers were not published: what stands below carries invented ones.
            """,
            """
            En la primera semana, el sitio atacado estuvo fuera casi un día. Con él cayeron miembros de Estados Unidos y de México, entre ellos una agencia de noticias. Las comunicaciones de los miembros quedaron mutiladas; no se perdió ningún miembro y nadie accedió a datos. Los nombres de los servidores no se publicaron: los de abajo son inventados.
            """),
        new(SectionKind.RootCause,
            """
            **Root cause.** A link of 100 Mbit/s and name servers of our own at the same place: whoever could not take down a site could take down what all sites need.

            **Trigger.** The first targets were organisations for reproductive rights, at a time at which others in that field were attacked as well. Who did it is unknown and will probably never be known.

            A later article speaks of about 20 Gbit/s; where that was measured is not said. The vectors of the single waves are unknown. Sources do not agree whether it was "nearly" or "over" three weeks.
            """,
            """
            **Causa raíz.** Un enlace de 100 Mbit/s y servidores de nombres propios en el mismo lugar: quien no podía tirar un sitio podía tirar lo que todos los sitios necesitan.

            **Detonante.** Los primeros objetivos fueron organizaciones por los derechos reproductivos, en días en que también se atacó a otras de ese campo. No se sabe quién fue y probablemente nunca se sabrá.

            Un artículo posterior habla de unos 20 Gbit/s; no dice dónde se midieron. Se desconocen los vectores de cada ola. Las fuentes no coinciden en si fueron «casi» o «más de» tres semanas.
            """),
        new(SectionKind.Detection,
            """
            The internal log of these days was not published: when each wave was noticed, and by whom, is unknown.
            """,
            """
            La bitácora interna de esos días no se publicó: no se sabe cuándo ni quién notó cada ola.
            """),
        new(SectionKind.Response,
            """
            Each defence worked until the attackers had found a way around it. Moving the target behind Deflect brought the site back, and the next morning the name servers were hit instead.
            """,
            """
            Cada defensa funcionó hasta que los atacantes encontraron cómo rodearla. Poner el objetivo detrás de Deflect devolvió el sitio, y a la mañana siguiente cayeron los servidores de nombres.
            """),
        new(SectionKind.WentWell,
            """
            - Members heard from us on 31 July, on 4 August and again in August: what was known, what was not.
            - Other organisations helped: Deflect took the target in, and 53 people gave or pledged 5,855 dollars.
            - Technologists gave up holidays, week-ends and sleep, in shifts.
            """,
            """
            - La membresía supo de nosotros el 31 de julio, el 4 de agosto y otra vez en agosto: qué se sabía y qué no.
            - Otras organizaciones ayudaron: Deflect recibió al objetivo y 53 personas donaron o prometieron 5,855 dólares.
            - El equipo técnico dejó vacaciones, fines de semana y sueño, por turnos.
            """),
        new(SectionKind.WentBadly,
            """
            - Three times the attackers found something that all members depend on.
            - Volunteer work and money went into defence for weeks.
            """,
            """
            - Tres veces los atacantes encontraron algo de lo que depende toda la membresía.
            - Durante semanas, el trabajo voluntario y el dinero se fueron en la defensa.
            """),
        new(SectionKind.Lucky,
            """
            The link normally carried about five per cent of its new capacity: there was room to grow into.
            """,
            """
            El enlace normalmente usaba cerca del cinco por ciento de su nueva capacidad: había espacio para crecer.
            """),
    ];
}
