namespace IncidentDesk.Checklists;

/// <summary>What a new desk begins with, built from the public guidance that each list names. Administrators change it as they like.</summary>
internal static class FirstChecklists
{
    private const string Cisa = "CISA, FBI and MS-ISAC, Understanding and Responding to Distributed Denial-of-Service Attacks (2024)";
    private const string Nist = "NIST SP 800-61 Rev. 3";

    public static readonly Checklist[] All =
    [
        List(1, "Volumetric attack", "Ataque volumétrico", $"{Cisa}; {Nist}; RFC 4732; RFC 5635 (RTBH); RFC 8955 (Flowspec)",
            new("Measure at the edge: bit/s, packets/s, protocols, ports, the addresses that are hit. Keep a flow or packet sample.", "Mide en el borde: bit/s, paquetes/s, protocolos, puertos y las direcciones atacadas. Guarda una muestra de flujos o paquetes."),
            new("Make sure of a way in that does not use the full link (out-of-band, another carrier, telephone).", "Asegura una entrada que no pase por el enlace lleno (fuera de banda, otro proveedor, teléfono)."),
            new("Call the upstream's NOC: target, ports, sample, what you ask for. Write down the ticket and whom you spoke to.", "Llama al NOC del proveedor de tránsito: destino, puertos, muestra y qué pides. Anota el ticket y con quién hablaste."),
            new("Narrow first: have an ACL, policer or Flowspec rule put upstream for the ports of the attack.", "Primero lo más fino: pide río arriba un ACL, un limitador o una regla Flowspec para los puertos del ataque."),
            new("If everybody suffers, decide whether to give up the target by RTBH. Say who decided, and until when.", "Si sufren todos, decide si se sacrifica el destino con RTBH. Di quién lo decidió y hasta cuándo."),
            new("Move what else is behind the same address or link: other addresses, another carrier, a scrubbing service.", "Mueve lo demás que está detrás de la misma dirección o enlace: otras direcciones, otro proveedor, un servicio de limpieza."),
            new("Tell the members who are down: what is known, what is done, when they hear again.", "Avisa a los miembros afectados: qué se sabe, qué se hace y cuándo habrá noticias."),
            new("Look for what the flood may hide: sign-ins, new processes, changed files.", "Busca qué podría esconder la inundación: accesos, procesos nuevos, archivos cambiados."),
            new("When it ends, take the filters back one at a time, with half an hour between them, and keep the samples.", "Cuando termine, quita los filtros uno por uno, con media hora entre cada uno, y conserva las muestras.")),
        List(2, "Protocol attack (SYN flood, state exhaustion)", "Ataque de protocolo (SYN flood, agotamiento de estados)", $"RFC 4987 (SYN flooding); RFC 4732; {Cisa}",
            new("Find which table is full: connections in SYN-RECV, conntrack, the firewall's sessions, the balancer's.", "Encuentra qué tabla está llena: conexiones en SYN-RECV, conntrack, sesiones del cortafuegos o del balanceador."),
            new("Capture a minute of headers: flags, lengths, TTL, whether the sources look forged.", "Captura un minuto de cabeceras: banderas, longitudes, TTL y si los orígenes parecen falsificados."),
            new("Turn SYN cookies on, raise the backlog, retry SYN-ACK fewer times.", "Activa SYN cookies, sube el backlog y baja los reintentos de SYN-ACK."),
            new("Take state out of the way: no conntrack for the attacked port, stateless filters in front of stateful ones.", "Quita estado del camino: sin conntrack para el puerto atacado, filtros sin estado antes de los que lo llevan."),
            new("Drop what no client sends (bad flags, fragments, odd lengths); limit SYN for each source network.", "Descarta lo que ningún cliente manda (banderas inválidas, fragmentos, longitudes raras); limita los SYN por red de origen."),
            new("Do not block single sources of a forged flood: it fills your tables and shuts out bystanders.", "No bloquees orígenes uno a uno si son falsificados: llena tus tablas y deja fuera a terceros."),
            new("If packets per second fill the link or the router's CPU, go on with the volumetric list.", "Si los paquetes por segundo llenan el enlace o la CPU del ruteador, sigue con la lista volumétrica."),
            new("Test from outside that real clients connect, then note what worked.", "Prueba desde afuera que los clientes reales se conectan y anota qué funcionó.")),
        List(3, "Application-layer attack (HTTP)", "Ataque de aplicación (HTTP)", $"OWASP Denial of Service Cheat Sheet; {Cisa}; RFC 6585 (429); RFC 9110 (503, Retry-After)",
            new("Find the site and the path: requests per second by host, path, method, status, network, user agent.", "Encuentra el sitio y la ruta: solicitudes por segundo por host, ruta, método, código, red y agente de usuario."),
            new("See what is used up: workers, database connections, CPU, memory, disk, sockets.", "Mira qué se agota: procesos, conexiones a la base, CPU, memoria, disco, sockets."),
            new("Part the site from its neighbours: a pool, limits or a server of its own.", "Separa el sitio de sus vecinos: pool, límites o servidor propio."),
            new("Answer cheaply: a cached or static copy for those who are not signed in.", "Responde barato: copia en caché o estática para quien no ha iniciado sesión."),
            new("Limit the expensive paths (sign-in, search, XML-RPC, cart) or turn them off; answer 429 or 503 with Retry-After.", "Limita las rutas caras (acceso, búsqueda, XML-RPC, carrito) o apágalas; responde 429 o 503 con Retry-After."),
            new("Block by what the requests have in common; try the rule on the log first, to see whom else it hits.", "Bloquea por lo que las solicitudes tienen en común; prueba antes la regla en el log para ver a quién más toca."),
            new("With the member's consent, put the site behind a proxy or CDN. Then let only it reach the origin, and change an address that is known.", "Con el consentimiento del miembro, pon el sitio detrás de un proxy o CDN. Después deja que solo él llegue al origen y cambia la dirección si ya se conoce."),
            new("Check from outside: pages, forms, mobile networks, Tor if readers use it.", "Revisa desde afuera: páginas, formularios, redes móviles y Tor si tus lectores lo usan."),
            new("Save logs before they rotate; write down the pattern, and what to put back afterwards.", "Guarda los logs antes de que roten; anota el patrón y qué hay que regresar después.")),
        List(4, "Mail under attack", "Ataque al correo", $"RFC 5321 (SMTP); RFC 6647 (greylisting); M3AAWG Sender Best Common Practices; {Nist}",
            new("Look which way it goes: a flood coming in, bounces to a forged sender, or one of your accounts sending.", "Mira hacia dónde va: inundación que entra, rebotes a un remitente falsificado o una cuenta tuya que envía."),
            new("Look at the queue: how many, how old, to whom, from whom. Hold what is suspect; delete nothing yet.", "Mira la cola: cuántos, qué tan viejos, para quién, de quién. Retén lo sospechoso; todavía no borres nada."),
            new("If an account sends: stop its sending, change its password, end its sessions, ask its owner by another channel.", "Si una cuenta envía: detén su envío, cambia su contraseña, cierra sus sesiones y pregunta a su dueño por otro medio."),
            new("Limit connections and recipients for each client network; answer 4xx, so that real mail comes again.", "Limita conexiones y destinatarios por red de origen; responde 4xx para que el correo real se reintente."),
            new("Refuse unknown recipients at the door instead of bouncing them later.", "Rechaza en la puerta a destinatarios desconocidos en vez de rebotarlos después."),
            new("Keep sign-in, webmail and submission apart from port 25, so that members can still send.", "Separa del puerto 25 el acceso, el webmail y el envío, para que los miembros puedan seguir mandando."),
            new("If the server is down, see that a second MX takes mail and filters it as the first does; senders retry for days.", "Si el servidor está caído, revisa que un segundo MX reciba y filtre como el primero; los remitentes reintentan por días."),
            new("A mailbox flooded with subscriptions: look for what it hides (bank, password and transfer notices) and tell its owner.", "Buzón inundado de suscripciones: busca qué esconde (avisos de banco, contraseñas, transferencias) y avisa a su dueño."),
            new("Look at blocklists and ask for removal only once the cause is gone; let the queue go slowly.", "Revisa las listas de bloqueo y pide la baja solo cuando la causa haya desaparecido; libera la cola poco a poco.")),
        List(5, "DNS under attack", "Ataque al DNS", $"RFC 5358 (BCP 140); RFC 8482 (ANY); RFC 7873 (cookies); DNS Response Rate Limiting (RRL); {Cisa}",
            new("Part the roles: are your authoritative servers hit, your resolvers, or are you made to reflect against others?", "Separa los papeles: ¿atacan tus servidores autoritativos, tus resolutores, o te usan para reflejar contra otros?"),
            new("Count queries by zone, type and source network; random names under one zone mean a water-torture attack.", "Cuenta consultas por zona, tipo y red de origen; nombres al azar bajo una zona indican un ataque de subdominios aleatorios."),
            new("Close resolvers to all but your own networks.", "Cierra los resolutores a todos salvo tus propias redes."),
            new("Turn response rate limiting on, with truncated answers so that real clients come over TCP; check that TCP 53 is open.", "Activa la limitación de respuestas (RRL) con respuestas truncadas, para que los clientes reales vengan por TCP; revisa que TCP 53 esté abierto."),
            new("Answer ANY minimally; turn DNS cookies on where the software has them.", "Responde ANY al mínimo; activa las cookies de DNS donde el programa las tenga."),
            new("Limit or delegate away the zone that is attacked, so that the others answer.", "Limita o delega a otro lado la zona atacada, para que las demás respondan."),
            new("Bring in secondary servers on other networks; check transfers, serial numbers and the delegation at the registry.", "Suma secundarios en otras redes; revisa transferencias, números de serie y la delegación en el registro."),
            new("Before you move addresses, lower the TTL; while you cannot be reached, a long TTL helps you. Decide which, and note it.", "Antes de mover direcciones, baja el TTL; mientras no te alcancen, un TTL largo te ayuda. Decide cuál y anótalo."),
            new("Check from several outside resolvers; keep a sample of the queries.", "Comprueba desde varios resolutores externos; guarda una muestra de las consultas.")),
    ];

    private static Checklist List(int number, string en, string es, string source, params ChecklistStep[] steps) => new()
    {
        Id = new Guid($"01990000-0000-7000-8000-0000000000c{number}"),
        TitleEn = en,
        TitleEs = es,
        Source = source,
        Steps = [.. steps],
    };
}
