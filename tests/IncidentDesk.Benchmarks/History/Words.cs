using System.Text;

namespace IncidentDesk.Benchmarks.History;

/// <summary>Made-up text in which words are as unevenly spread as in real logs.</summary>
internal static class Words
{
    private static readonly string[] Common =
        "the to of and is on from traffic server uplink se el la de que en los balancer requests packets now again checked rule limit site down back members attack wave proxy cache mail dns upstream asked answered ticket noc filter applied reverted effective load tráfico servidor enlace peticiones paquetes otra vez revisado regla límite sitio caído miembros ataque ola correo proveedor respuesta filtro aplicado revertido efectivo carga".Split(' ');

    private static readonly string[] Rare =
        "saturación inundación amplificación handshake renegotiation memcached flowspec blackhole scrubbing cached purge fragment spoofed botnet resolver recursion greylist postfix varnish nginx haproxy conntrack syncookies netfilter bgp prefix announcement carrier peering transit migración mantenimiento conexión sesión certificado dirección ubicación petición excepción autónomo teléfono".Split(' ');

    public static string Title(Random random) => Pick(random, 5);

    /// <summary>Five to thirty words, sometimes with an address or a number that occurs nowhere else.</summary>
    public static string Sentence(Random random)
    {
        var text = new StringBuilder(Pick(random, 5 + random.Next(25)));
        if (random.Next(5) == 0) text.Append(" 198.51.100.").Append(random.Next(256)).Append('/').Append(24);
        if (random.Next(5) == 0) text.Append(" ticket-").Append(random.Next(1_000_000));
        return text.ToString();
    }

    private static string Pick(Random random, int count)
    {
        var text = new StringBuilder();
        for (var n = 0; n < count; n++)
        {
            if (n > 0) text.Append(' ');
            // The square leans towards the first words of the list.
            var place = random.NextDouble();
            text.Append(random.Next(12) == 0 ? Rare[random.Next(Rare.Length)] : Common[(int)(place * place * Common.Length)]);
        }
        return text.ToString();
    }
}
