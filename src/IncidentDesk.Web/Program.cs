using IncidentDesk.Web.Operator;

return await DeskCommand.RunAsync(args);
