# docker build -t incidentdesk .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/IncidentDesk.Web -c Release -o /app

# This image brings ICU and the time zones, which the desk needs for two languages and local times.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# Made here, so that a new volume belongs to the user under which the desk runs.
RUN mkdir /data && chown $APP_UID:$APP_UID /data && chmod 700 /data
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080 Desk__DataDirectory=/data
EXPOSE 8080
VOLUME /data
# The image has no curl; bash speaks HTTP well enough.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "IncidentDesk.Web.dll"]
