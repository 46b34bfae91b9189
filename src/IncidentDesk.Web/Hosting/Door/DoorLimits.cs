namespace IncidentDesk.Web.Hosting.Door;

/// <summary>How often: so many at once after a rest, and so many each second from then on.</summary>
internal sealed record Rate(int Burst, double EachSecond);

/// <summary>What the door lets through. Of networks, see <see cref="ClientNetwork"/>.</summary>
internal sealed record DoorLimits
{
    /// <summary>Pages, forms and API without a credential that is known good. A sign-in is three such requests; a team behind one address comes in at once.</summary>
    public Rate Anonymous { get; init; } = new(120, 10);

    /// <summary>Attempts to sign in. A team of thirty behind one address comes in at the change of shift; nobody types more than one in two seconds for long.</summary>
    public Rate SignIn { get; init; } = new(30, 0.5);

    /// <summary>Static files: a page has some forty, and a team behind one address reloads at once.</summary>
    public Rate Static { get; init; } = new(3000, 300);

    /// <summary><c>/healthz</c>: a few monitors, and every open page that waits for the desk.</summary>
    public Rate Health { get; init; } = new(120, 20);

    /// <summary>One person with all their pages, or one token. An incident page that catches up makes a dozen requests; a program that imports line by line, hundreds.</summary>
    public Rate Person { get; init; } = new(1000, 200);

    /// <summary>Anonymous requests that are worked on at the same time, from everywhere: the rest of the processor and of the database's connections is for the people inside.</summary>
    public int AnonymousAtOnce { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>As above, of one network.</summary>
    public int AnonymousAtOnceOfNetwork { get; init; } = 16;

    /// <summary>How many wait for such a place: some milliseconds' worth, so that two colleagues who come in the same instant both get in.</summary>
    public int AnonymousWaiting { get; init; } = 32;

    /// <summary>Of one browser that holds a cookie of the desk's and is not known to be signed in now: it comes back after an hour, after a restart, or to sign in.</summary>
    public Rate Holder { get; init; } = new(120, 10);

    /// <summary>How many of those wait for their places, which are as many as the strangers'.</summary>
    public int HoldersWaiting { get; init; } = 100;

    /// <summary>Passwords that are checked at the same time. Each takes a core for a tenth of a second on purpose.</summary>
    public int SignInsAtOnce { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>As above, of one network, with those who wait.</summary>
    public int SignInsAtOnceOfNetwork { get; init; } = 4;

    /// <summary>How many wait for that: about two seconds' worth.</summary>
    public int SignInsWaiting { get; init; } = 20;

    /// <summary>How long an anonymous request may last altogether: a slow sender must not keep its place.</summary>
    public TimeSpan AnonymousDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Sockets of one person or token at the same time, followers of the hub with them: a quarter of what the node takes.</summary>
    public int SocketsOfPerson { get; init; } = 250;

    /// <summary>Pages that one person has open at the same time; each holds some megabytes.</summary>
    public int CircuitsOfPerson { get; init; } = 20;
}
